import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { problem } from '@onepoint/contracts';
import { ALLOW_EXTENSION } from '../doors/allow.ts';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;
const problemReference = { $ref: '#/components/schemas/Problem' };
const problemResponse = {
  description: 'a problem (RFC 9457); branch on its code',
  content: { 'application/problem+json': { schema: problemReference } },
};

/** Serves the service's description at `/docs` and `/docs/openapi.json`; built when first asked for. */
export function publishDocs(app: NestFastifyApplication, title: string): void {
  SwaggerModule.setup('docs', app, () => describeService(app, title), {
    jsonDocumentUrl: 'docs/openapi.json',
    raw: ['json'],
  });
}

/**
 * The OpenAPI document, out of the same schemas that check the requests. Each operation says who may
 * come in (`x-allow`), whether it asks for a credential, and that its errors are problems.
 */
export function describeService(app: NestFastifyApplication, title: string): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle(title)
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer' })
    .build();
  const document = SwaggerModule.createDocument(app, config);
  const { definitions } = problem['~standard'].jsonSchema.output({ target: 'openapi-3.0' });
  document.components ??= {};
  Object.assign((document.components.schemas ??= {}), definitions);
  for (const path of Object.values(document.paths)) {
    for (const method of methods) {
      const operation = path[method];
      if (operation !== undefined) describeDoor(operation);
    }
  }
  return document;
}

function describeDoor(operation: Operation): void {
  const admitted: unknown = Reflect.get(operation, ALLOW_EXTENSION);
  const isPublic = Array.isArray(admitted) && admitted.includes('public');
  if (!isPublic) operation.security = [{ bearer: [] }];
  operation.responses = { ...operation.responses, default: problemResponse };
}
