// Reads [[form, text], …] as JSON; answers with what the tool of each language read, or why it refused.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const packages = createRequire(path.join(process.argv[2], "judge.cjs"));
const { JSDOM } = packages("jsdom");
globalThis.window = new JSDOM("").window;
globalThis.document = window.document;
const mermaid = (await import(pathToFileURL(path.join(process.argv[2], "mermaid/dist/mermaid.core.mjs")))).default;
const { Parser } = packages("@dbml/core");

await mermaid.parse("erDiagram"); // it knows its kinds of diagrams from then on

// Mermaid keeps its codes in this form until it draws.
const decoded = (text) => text.replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(Number(code)));

async function read(form, text) {
  if (form === "mermaid") {
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    const tables = [...db.getEntities().values()].map((one) => [
      decoded(one.alias || one.label),
      one.attributes.map((column) => decoded(column.comment || column.name)),
    ]);
    return { tables, references: db.getRelationships().length };
  }
  const { schemas } = new Parser().parse(text, "dbmlv2");
  const named = (schema, name) => (schema.name === "public" ? name : `${schema.name}.${name}`);
  return {
    tables: schemas.flatMap((schema) =>
      schema.tables.map((one) => [named(schema, one.name), one.fields.map((field) => field.name)]),
    ),
    references: schemas.flatMap((schema) => schema.refs).length,
  };
}

const answers = [];
for (const [form, text] of JSON.parse(fs.readFileSync(0, "utf8"))) {
  try {
    answers.push(await read(form, text));
  } catch (error) {
    answers.push({ refused: JSON.stringify(error.diags ?? error.message ?? String(error)).slice(0, 1000) });
  }
}
process.stdout.write(JSON.stringify(answers));
