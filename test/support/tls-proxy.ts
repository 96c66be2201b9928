import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { folder } from './folder.ts';

/** A certificate of this machine's own, or null where there is no openssl to make one. */
export function ownCertificate(): { readonly key: string; readonly cert: string } | null {
  const dir = folder();
  const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
  const words = `req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout ${key} -out ${cert}`;
  return spawnSync('openssl', words.split(' ')).status === 0 ? { key, cert } : null;
}

/** Speaks TLS on a port of its own and hands every request on to a plain server. */
export async function tlsBefore(target: URL, { key, cert }: { readonly key: string; readonly cert: string }) {
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (from, to) => {
    const on = request(
      {
        host: target.hostname,
        port: target.port,
        path: from.url,
        method: from.method,
        headers: from.headers,
      },
      (answer) => {
        to.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(to);
      },
    );
    on.on('error', () => to.destroy());
    from.pipe(on);
  });
  await new Promise<void>((ready) => server.listen(0, 'localhost', ready));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
