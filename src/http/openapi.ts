import { z } from 'zod';
import { codeVersion } from '../questions/code-version.ts';
import { fieldsOf } from '../questions/fields.ts';
import type { Question } from '../questions/question.ts';

type Json = Record<string, unknown>;

/** A question's parameters as JSON Schema, as a caller gives them. */
export function paramsSchema(question: Question): Json {
  const { $schema: _, ...schema } = z.toJSONSchema(question.params, {
    io: 'input',
    unrepresentable: 'any',
  }) as Json;
  return { ...schema, additionalProperties: false };
}

/** One entry of `GET /api`. */
export const questionEntry = (question: Question): Json => ({
  name: question.name,
  asks: question.asks,
  about: question.about,
  href: `/api/${question.name}`,
  methods: question.body ? ['GET', 'POST'] : ['GET'],
  ...(question.body && { body: question.body }),
  example: question.example,
  params: paramsSchema(question),
});

const refer = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: Json) => ({ 'application/json': { schema } });
const problem = (description: string) => ({ description, content: json(refer('Error')) });

const replies = {
  200: { description: 'the answer', content: json(refer('Answer')) },
  304: { description: 'the answer the caller has (If-None-Match) is still the answer' },
  400: problem('a parameter or the body is wrong'),
  413: problem('the body is over 2 MB'),
  500: problem('a bug'),
  503: problem('the data cannot be used, or too much is asked at once'),
  504: problem('the answer took too long and was given up'),
};

/** The OpenAPI 3.1 document of the API, made from the questions. */
export function openApi(questions: readonly Question[]): Json {
  const paths: Json = {
    '/api': {
      get: {
        operationId: 'questions',
        summary: 'The questions',
        responses: { 200: { description: 'the list' } },
      },
    },
  };
  for (const question of questions) paths[`/api/${question.name}`] = pathOf(question);
  return {
    openapi: '3.1.0',
    info: { title: 'Headwater', version: codeVersion, summary: 'Who supplies a country’s critical minerals' },
    paths,
    components: { schemas },
  };
}

function pathOf(question: Question): Json {
  const properties = (paramsSchema(question).properties ?? {}) as Record<string, Json>;
  const parameters = fieldsOf(question.params)
    .filter((field) => field.name !== question.body || field.kind !== 'json')
    .map((field) => {
      const { description: _, ...schema } = properties[field.name] ?? {};
      return {
        name: field.name,
        in: 'query',
        required: field.required && field.name !== question.body,
        description: field.about,
        schema,
        ...(field.list && { style: 'form', explode: true }),
      };
    });
  const shared = { summary: question.asks, description: question.about, parameters, responses: replies };
  const path: Json = { get: { operationId: question.name, ...shared } };
  if (question.body) {
    const text = {
      'text/plain': { schema: { type: 'string', description: `the parameter ${question.body}` } },
    };
    path.post = {
      operationId: `${question.name}Post`,
      ...shared,
      requestBody: { required: true, content: { ...json(paramsSchema(question)), ...text } },
    };
  }
  return path;
}

const list = (items: Json) => ({ type: 'array', items });
const text = { type: 'string' };
const object = (properties: Json, required: string[] = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
});

/** JSON Schema of every answer. */
export const answerSchema: Json = {
  ...object(
    {
      question: text,
      params: { type: 'object' },
      rows: list({ type: 'object', additionalProperties: { type: ['string', 'number', 'boolean', 'null'] } }),
      columns: list(object({ name: text, unit: text, about: text })),
      notes: list(
        object({ code: text, text, rows: list({ type: 'integer' }), value: { type: ['number', 'null'] } }, [
          'code',
          'text',
        ]),
      ),
      sources: list(object({ id: text, title: text, release: text, licence: text, citation: text })),
      headline: list(text),
      data_version: text,
      code_version: text,
    },
    ['question', 'params', 'rows', 'columns', 'notes', 'sources', 'data_version', 'code_version'],
  ),
};

const schemas = {
  Answer: answerSchema,
  Error: object({ error: object({ code: text, message: text }) }),
};
