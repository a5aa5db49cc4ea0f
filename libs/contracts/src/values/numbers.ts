import { z } from 'zod';

// Every number that is spoken between services is an integer that JavaScript holds exactly (at most
// 2^53 - 1 either side of zero): points and KRW have no fractions, and none may be rounded on the way.

/** Names one thing of one service: a positive integer, counted up by the service that owns it. */
export const entityId = z.int().min(1);

/** Points or KRW, never negative. */
export const amount = z.int().min(0);

/** Points or KRW that may be negative: a ledger change, a balance, a month's net. */
export const signedAmount = z.int();

/** A rate in basis points, 0 to 10,000: 100 is 1 %. */
export const basisPoints = z.int().min(0).max(10_000);
