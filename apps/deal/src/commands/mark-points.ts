import { Injectable } from '@nestjs/common';
import { GroupCommit } from '@onepoint/persistence';
import { Metrics, batchObserver } from '@onepoint/platform';
import { DealBook } from '../domain/deal-book.ts';
import type { PointMark, PointNote } from '../domain/deal-end.ts';

/** Gathers what is learnt of deferred points, and how their requests were answered, into one transaction. */
@Injectable()
export class MarkPoints {
  private readonly commits: GroupCommit<PointNote, void>;

  constructor(book: DealBook, metrics: Metrics) {
    this.commits = new GroupCommit<PointNote, void>({
      name: 'deal-point-marks',
      batchMax: 500,
      queueMax: 20_000,
      run: async (notes) => {
        await book.notePoints(notes);
        return notes.map(() => ({ ok: true as const, value: undefined }));
      },
      observe: batchObserver(metrics),
    });
  }

  /** Notes one mark; a deal that is applied or void already stays so. */
  mark(mark: PointMark): Promise<void> {
    return this.note({ mark, answer: null });
  }

  note(note: PointNote): Promise<void> {
    return this.commits.submit(note);
  }
}
