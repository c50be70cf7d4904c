// Many sqlite-core schemas through drizzle-kit's own functions in one process: a run of its command takes a second each.
// Arguments: node_modules, line, loader. Reads [{file, casing}] from standard input, writes [{sql} or {error}].
const path = require('path');
const modules = path.resolve(process.argv[2]);
require(process.argv[4]);
const next = process.argv[3] === '1';
const kit = require(path.join(modules, 'drizzle-kit', next ? 'payload-sqlite.js' : 'api.js'));
console.log = () => {};
process.exit = () => { throw new Error('drizzle-kit gave up'); };

async function statements({ file, casing }) {
  const found = require(path.resolve(file));
  if (next) return kit.generateMigration(await kit.generateDrizzleJson({}), await kit.generateDrizzleJson(found));
  const full = await kit.generateSQLiteDrizzleJson(found, undefined, casing);
  return kit.generateSQLiteMigration(await kit.generateSQLiteDrizzleJson({}), full);
}

(async () => {
  const results = [];
  for (const job of JSON.parse(require('fs').readFileSync(0, 'utf8'))) {
    try {
      const made = await statements(job);
      results.push({ sql: (Array.isArray(made) ? made : made.sqlStatements).join('\n') });
    } catch (error) {
      results.push({ error: String((error && error.stack) || error) });
    }
  }
  process.stdout.write(JSON.stringify(results), () => process.reallyExit(0));
})();
