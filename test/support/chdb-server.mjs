// Speaks ClickHouse's HTTP interface with chdb, the engine of a current release inside this process: what the client
// package sends is what a server would get. Prints its port. Arguments: the folder of chdb's package.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { Session } = createRequire(join(process.argv[2], 'package.json'))('chdb');
const session = new Session();
const notSettings = new Set([
  'query',
  'query_id',
  'wait_end_of_query',
  'database',
  'session_id',
  'default_format',
]);

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const { searchParams } = new URL(request.url, 'http://localhost');
  const inUrl = searchParams.get('query');
  const settings = [...searchParams].filter(([name]) => !notSettings.has(name));
  try {
    if (
      request.headers['x-clickhouse-key'] !== 'word' &&
      !/^Basic /.test(request.headers.authorization ?? '')
    )
      throw Object.assign(new Error('default: Authentication failed'), { clickhouseCode: 516 });
    const sql = inUrl ?? body.toString();
    const insert = /^INSERT INTO (\S+) \((.*?)\) FORMAT Native$/s.exec(sql);
    let bytes = Buffer.alloc(0);
    if (insert && inUrl !== null) {
      const { writeFileSync, rmSync } = await import('node:fs');
      const file = `/tmp/chdb-${process.pid}-${Date.now()}.native`;
      writeFileSync(file, body);
      await session.queryAsync(
        `INSERT INTO ${insert[1]} (${insert[2]}) SELECT ${insert[2]} FROM file('${file}', Native)`,
      );
      rmSync(file);
    } else {
      const set = settings.map(([name, value]) => `${name} = ${value}`).join(', ');
      const [, select, format] = /^(.*?)(?: FORMAT (\w+))?$/s.exec(sql);
      const whole = set && format ? `${select} SETTINGS ${set}` : select;
      const result = await session.queryAsync(whole, { format: format ?? 'TabSeparated' });
      bytes = Buffer.from(result.bytes());
    }
    response.writeHead(200, { 'content-length': bytes.length });
    response.end(bytes);
  } catch (error) {
    const code = error.clickhouseCode ?? 1002;
    response.writeHead(500, { 'x-clickhouse-exception-code': String(code) });
    const text = String(error.message).replace(/^.*?Code: \d+\. /s, '');
    response.end(`Code: ${code}. ${text.startsWith('DB::') ? text : `DB::Exception: ${text}`}`);
  }
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
process.on('SIGTERM', () => process.exit(0));
