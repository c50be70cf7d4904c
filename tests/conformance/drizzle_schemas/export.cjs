// Several schema files through drizzle-kit's own API in one process: a run of its command takes a second each.
// Reads [{file, casing}] from standard input, writes [{sql} or {error}].
const path = require('path');
const modules = path.resolve(process.argv[2]);
require(process.argv[4]);
const next = process.argv[3] === '1';
const kit = require(path.join(modules, 'drizzle-kit', next ? 'api-postgres.js' : 'api.js'));
const said = [];
console.log = (...words) => said.push(words.join(' '));
process.exit = () => { throw new Error(said.join('\n') || 'drizzle-kit gave up'); };

async function statements({ file, casing }) {
  said.length = 0;
  const found = require(path.resolve(file));
  const empty = await kit.generateDrizzleJson({});
  const full = next ? await kit.generateDrizzleJson(found) : kit.generateDrizzleJson(found, undefined, undefined, casing);
  return kit.generateMigration(empty, full);
}

(async () => {
  const results = [];
  for (const job of JSON.parse(require('fs').readFileSync(0, 'utf8'))) {
    try {
      results.push({ sql: (await statements(job)).join('\n') });
    } catch (error) {
      results.push({ error: String((error && error.stack) || error) });
    }
  }
  process.stdout.write(JSON.stringify(results), () => process.reallyExit(0));
})();
