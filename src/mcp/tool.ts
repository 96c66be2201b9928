import type { Tool } from '@modelcontextprotocol/sdk/types.js';
import { answerSchema, paramsSchema } from '../http/openapi.ts';
import type { Question } from '../questions/question.ts';

/** Rows of structured content when an assistant does not say how many it wants. */
export const usualRows = 2000;

/** The parameter that every tool has beside the question's own. */
export const rowsParameter = 'maxRows';

/** A question as a tool: its sentence, its parameters as JSON Schema, the shape of every answer. It reads only. */
export function toolOf(question: Question): Tool {
  const schema = paramsSchema(question) as { properties?: Record<string, object>; required?: string[] };
  return {
    name: question.name,
    title: question.asks,
    description: `${question.asks} ${question.about}`,
    inputSchema: {
      ...schema,
      type: 'object',
      properties: {
        ...schema.properties,
        [rowsParameter]: {
          type: 'integer',
          minimum: 1,
          maximum: 100_000,
          description: `most rows to return (${usualRows} when left out); how many there are is in the note truncated`,
        },
      },
    },
    outputSchema: answerSchema as Tool['outputSchema'],
    annotations: {
      title: question.asks,
      readOnlyHint: true,
      destructiveHint: false,
      idempotentHint: true,
      openWorldHint: false,
    },
  };
}
