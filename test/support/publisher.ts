import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';

export type Answering = (request: IncomingMessage, response: ServerResponse, url: URL) => void;

/** A publisher's server on this machine: answers as told, remembers what it was asked. */
export interface Publisher {
  readonly origin: string;
  /** paths with queries, in the order asked */
  readonly asked: { path: string; headers: IncomingMessage['headers'] }[];
  answer: Answering;
  readonly close: () => Promise<void>;
}

export async function publisher(answer: Answering = () => {}): Promise<Publisher> {
  const asked: Publisher['asked'] = [];
  const server = createServer((request, response) => {
    asked.push({ path: decodeURIComponent(request.url ?? ''), headers: request.headers });
    self.answer(request, response, new URL(request.url ?? '', 'http://localhost'));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const self: Publisher = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
  afterAll(() => self.close());
  return self;
}

export const json = (response: ServerResponse, value: unknown, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
};

export const text = (response: ServerResponse, body: string, type = 'text/csv', status = 200): void => {
  response.writeHead(status, { 'content-type': type });
  response.end(body);
};
