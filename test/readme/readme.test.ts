import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kebab } from '../../src/questions/fields.ts';
import { questions } from '../../src/questions/list.ts';
import { generatedDocs } from '../support/generated-docs.ts';

const root = join(import.meta.dirname, '../..');
const text = (file: string) => readFileSync(join(root, file), 'utf8');
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((f) => f.endsWith('.md'))
    .map((f) => `docs/${f}`),
];

describe('documents', () => {
  it.each(documents)('%s has no link to nowhere', (file) => {
    const links = [...text(file).matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)].map((m) => m[1]!);
    for (const link of links) expect(existsSync(join(root, dirname(file), link)), link).toBe(true);
  });

  it('are what the lists and the snapshot say now (node scripts/docs.js writes them)', async () => {
    for (const [file, made] of await generatedDocs()) expect(text(file) === made, file).toBe(true);
  });

  it('show commands that exist, with options that exist', async () => {
    const commands = [...text('README.md').matchAll(/^npx headwater ([a-z]+)(.*?)(?:\s#.*)?$/gm)];
    expect(commands.length).toBeGreaterThan(4);
    for (const [, name, rest] of commands) {
      const listed = questions.find((q) => q.name === name);
      expect(listed, name).toBeDefined();
      const asked = name === 'explain' ? questions.find((q) => rest!.trim().startsWith(q.name))! : listed!;
      const known = [
        ...Object.keys((await asked.load()).params.shape),
        ...Object.keys((await listed!.load()).params.shape),
      ];
      for (const [, option] of rest!.matchAll(/--([a-z-]+)/g))
        expect(known.map(kebab), `${name} --${option}`).toContain(option);
    }
  });

  it('name the npm scripts and folders that there are', () => {
    const { scripts } = JSON.parse(text('package.json'));
    for (const file of ['README.md', 'CONTRIBUTING.md'])
      for (const [, run, name] of text(file).matchAll(/^npm (run )?(\w+)/gm))
        if (run || name !== 'ci') expect(Object.keys(scripts), name).toContain(name);
    const diagram = /publishers' files[\s\S]*?```/.exec(text('README.md'))![0];
    const folders = [...diagram.matchAll(/([a-z]+)\//g)].map((m) => m[1]!);
    expect(folders).toEqual(expect.arrayContaining(['sources', 'tables', 'store', 'analysis', 'questions']));
    for (const folder of folders)
      expect(existsSync(join(root, 'src', folder)) || existsSync(join(root, folder)), folder).toBe(true);
  });
});

describe('list of questions', () => {
  it('says of each what the question says of itself, and every parameter is described', async () => {
    expect(questions.length).toBeGreaterThan(3);
    for (const listed of questions) {
      const question = await listed.load();
      expect({ name: question.name, asks: question.asks }).toEqual({ name: listed.name, asks: listed.asks });
      expect(question.asks.endsWith('?'), question.asks).toBe(true);
      const { fieldsOf } = await import('../../src/questions/fields.ts');
      for (const field of fieldsOf(question.params))
        expect(field.about, `${question.name} --${field.option}`).not.toBe('');
    }
  });
});
