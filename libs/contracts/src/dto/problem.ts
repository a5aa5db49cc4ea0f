import { z } from 'zod';

/**
 * What every error answers, as `application/problem+json` (RFC 9457). Clients branch on `code`, never on
 * text. A code may bring members of its own, such as the deal that a 409 is about.
 */
export const problem = z
  .looseObject({
    type: z.string().describe('a URI reference that names the kind of problem'),
    title: z.string(),
    status: z.int().min(400).max(599),
    code: z.string().describe("one upper-case word from the service's catalogue"),
    detail: z.string().optional(),
    instance: z.string().optional(),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .describe('the fields that were wrong'),
  })
  .meta({ id: 'Problem' });
/** What every error answers. */
export type Problem = z.infer<typeof problem>;
