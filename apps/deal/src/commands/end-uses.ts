import { Injectable } from '@nestjs/common';
import { GroupCommit } from '@onepoint/persistence';
import { Clock, Metrics, batchObserver, currentContext } from '@onepoint/platform';
import type { Deal } from '../domain/deal.ts';
import { DealBook } from '../domain/deal-book.ts';
import type { EndingDeal } from '../domain/deal-end.ts';

/** Gathers the ends of uses into one transaction. */
@Injectable()
export class EndUses {
  private readonly commits: GroupCommit<EndingDeal, Deal>;

  constructor(book: DealBook, clock: Clock, metrics: Metrics) {
    this.commits = new GroupCommit<EndingDeal, Deal>({
      name: 'deal-ends',
      batchMax: 256,
      queueMax: 10_000,
      run: async (ends) => {
        const deals = await book.end(ends, clock.now());
        return deals.map((value) => ({ ok: true as const, value }));
      },
      observe: batchObserver(metrics),
    });
  }

  /** The deal as it ended: its first end stands, whoever brought it. */
  end(ending: EndingDeal): Promise<Deal> {
    return this.commits.submit({ ...ending, origin: currentContext() });
  }
}
