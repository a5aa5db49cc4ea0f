import { Injectable } from '@nestjs/common';
import { GroupCommit } from '@onepoint/persistence';
import { Metrics, batchObserver } from '@onepoint/platform';
import { DealBook } from '../domain/deal-book.ts';
import type { PointMark } from '../domain/deal-end.ts';

/** Gathers what is learnt of deferred points into one transaction. */
@Injectable()
export class MarkPoints {
  private readonly commits: GroupCommit<PointMark, void>;

  constructor(book: DealBook, metrics: Metrics) {
    this.commits = new GroupCommit<PointMark, void>({
      name: 'deal-point-marks',
      batchMax: 500,
      queueMax: 20_000,
      run: async (marks) => {
        await book.markPoints(marks);
        return marks.map(() => ({ ok: true as const, value: undefined }));
      },
      observe: batchObserver(metrics),
    });
  }

  /** Notes one mark; a deal that is applied or void already stays so. */
  mark(mark: PointMark): Promise<void> {
    return this.commits.submit(mark);
  }
}
