import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/errors.ts';
import { storeAddress, withoutPassword } from '../../src/store/clickhouse/address.ts';

describe('the address of a store', () => {
  it('names servers, account and database', () => {
    expect(
      storeAddress('clickhouse://ana:s%40f%2Fe@db1:9123,db2,[::1]:8124/metals?cluster=eu-1&partial=1'),
    ).toEqual({
      servers: ['http://db1:9123', 'http://db2:8123', 'http://[::1]:8124'],
      user: 'ana',
      password: 's@f/e',
      database: 'metals',
      cluster: 'eu-1',
      partial: true,
      version: null,
      shown: 'clickhouse://ana@db1:9123,db2,[::1]:8124/metals',
    });
  });
  it('has what ClickHouse itself takes where something is left out', () => {
    expect(storeAddress('clickhouse://localhost')).toMatchObject({
      servers: ['http://localhost:8123'],
      user: 'default',
      password: '',
      database: 'default',
      cluster: null,
      partial: false,
    });
    expect(storeAddress('clickhouse://a@h/d?secure=1', 'word')).toMatchObject({
      servers: ['https://h:8443'],
      password: 'word',
    });
    expect(storeAddress('clickhouse://a:@h/d', 'word').password).toBe('');
  });
  it.each([
    ['postgres://a:s3cret@h/d', 'not the address of a store'],
    ['clickhouse://', 'not the address of a store'],
    ['clickhouse://a:s3cret@h:99999/d', 'not the address of a store'],
    ['clickhouse://a:s3cret@h/d d', 'not a name of a database'],
    ['clickhouse://a:s3cret@h/d%3B', 'not a name of a database'],
    ['clickhouse://a:s3cret%@h/d', 'percent-encoded'],
    ['clickhouse://a:s3cret@h/d?partail=1', 'unknown option of a store: "partail"; did you mean partial'],
    ['clickhouse://a:s3cret@h/d?partial=yes', 'partial of a store is 1 or 0: "yes"'],
    ["clickhouse://a:s3cret@h/d?cluster=x'y", 'not a name of a cluster'],
  ])('refuses %s without telling the password', (text, why) => {
    let said = '';
    try {
      storeAddress(text);
    } catch (error) {
      expect(error).toBeInstanceOf(UsageError);
      said = (error as Error).message;
    }
    expect(said).toContain(why);
    expect(said).not.toContain('s3cret');
  });
  it('never tells a password, however the rest is written', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9]{8,12}$/);
    const rest = fc.string({ maxLength: 20 }).filter((s) => !s.includes('@'));
    fc.assert(
      fc.property(word, rest, (password, tail) => {
        expect(
          withoutPassword(`clickhouse://user:${password}@host${tail.replaceAll(password, '')}`),
        ).not.toContain(password);
      }),
    );
  });
});
