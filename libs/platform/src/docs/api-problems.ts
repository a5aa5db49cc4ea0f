import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { problem } from '@onepoint/contracts';
import { httpStatusOfCode } from '../problem/http-status-of-code.ts';
import type { ProblemCode } from '../problem/http-status-of-code.ts';

/** What every route of a service may answer beside its own problems. */
const everywhere: readonly ProblemCode[] = ['UNAUTHENTICATED', 'FORBIDDEN', 'DATABASE_UNAVAILABLE'];

/** Tells the OpenAPI page which problems a route answers, gathered by status. */
export function ApiProblems(codes: readonly ProblemCode[]): MethodDecorator {
  const byStatus = Object.groupBy([...codes, ...everywhere], (code) => httpStatusOfCode[code]);
  return applyDecorators(
    ...Object.entries(byStatus).map(([status, alike]) =>
      ApiResponse({
        status: Number(status),
        description: (alike ?? []).join(', '),
        standardSchema: problem,
      }),
    ),
  );
}
