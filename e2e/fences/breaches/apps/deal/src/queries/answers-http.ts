// breaks: depcruise/fastify-stays-at-the-door
export type { FastifyReply } from 'fastify';
