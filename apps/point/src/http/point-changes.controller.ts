import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { amount, entityId } from '@onepoint/contracts';
import { Allow, continueTrace } from '@onepoint/platform';
import { z } from 'zod';
import { ApplyChange } from '../commands/apply-change.ts';
import type { ChangeAnswer } from '../domain/ledger-plan.ts';
import type { Origin } from '../domain/point-change.ts';

/** Changes that one request may carry: what Deal gathers while a request is under way. */
const CHANGES_MAX = 256;

/** A batch is of many calls: each change says which one it is part of. */
const origin = z
  .strictObject({ correlationId: z.string().min(1).max(128), traceparent: z.string().max(64) })
  .optional();
const facts = { dealId: entityId, memberId: entityId, point: amount, origin };
const decrease = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('use'), ...facts, point: amount.min(1) }),
  z.strictObject({ kind: z.literal('saveCancel'), ...facts, originalDealId: entityId }),
]);
const increase = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('save'), ...facts }),
  z.strictObject({ kind: z.literal('useCancel'), ...facts, originalDealId: entityId }),
]);
const change = z.discriminatedUnion('kind', [decrease, increase]);
const manyChanges = z.strictObject({
  /** How long the callers still wait: what has not begun by then is dropped. */
  budgetMs: z.int().min(1).max(60_000).optional(),
  changes: z.array(change).min(1).max(CHANGES_MAX),
});

/** One change's end, or the coded reason why it could not be decided now. */
type ManyAnswer = ChangeAnswer | { readonly dealId: number; readonly outcome: 'undecided' };

/**
 * The way in for Deal, over a door that is not published. Each change is applied once, by the id of
 * its deal: asked again, it is answered with the first outcome.
 */
@Controller()
@ApiTags('internal')
@Allow('service')
export class PointChangesController {
  constructor(private readonly commands: CommandBus) {}

  @Post('pointDecrease')
  @HttpCode(200)
  decrease(@Body({ schema: decrease }) body: z.infer<typeof decrease>): Promise<ChangeAnswer> {
    return this.apply(body);
  }

  @Post('pointIncrease')
  @HttpCode(200)
  increase(@Body({ schema: increase }) body: z.infer<typeof increase>): Promise<ChangeAnswer> {
    return this.apply(body);
  }

  @Post('pointChanges')
  @HttpCode(200)
  async change(
    @Body({ schema: manyChanges }) { changes, budgetMs }: z.infer<typeof manyChanges>,
  ): Promise<{ answers: ManyAnswer[] }> {
    const settled = await Promise.allSettled(changes.map((each) => this.apply(each, budgetMs)));
    // All failed alike (overload, database away): the caller shall hear why.
    const failed = settled.filter((each) => each.status === 'rejected');
    if (failed.length === settled.length) throw failed[0]!.reason;
    return {
      answers: settled.map((each, index) =>
        each.status === 'fulfilled'
          ? each.value
          : { dealId: changes[index]!.dealId, outcome: 'undecided' },
      ),
    };
  }

  private apply(body: z.infer<typeof change>, budgetMs?: number): Promise<ChangeAnswer> {
    const { dealId, memberId, kind, point } = body;
    const originalDealId = 'originalDealId' in body ? body.originalDealId : null;
    const change = { dealId, memberId, kind, point, originalDealId };
    return this.commands.execute(
      new ApplyChange(change, budgetMs, undefined, originOf(body.origin)),
    );
  }
}

/** The call goes on here, under a span of its own. */
function originOf(told: z.infer<typeof origin>): Origin | undefined {
  if (told === undefined) return undefined;
  return { ...told, traceparent: continueTrace(told.traceparent) };
}
