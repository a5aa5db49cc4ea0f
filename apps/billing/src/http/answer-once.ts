import { Injectable } from '@nestjs/common';
import {
  claimIdOf,
  claimKeys,
  Database,
  findKeys,
  isDuplicateKey,
  replayOf,
} from '@onepoint/persistence';
import type { KeyClaim } from '@onepoint/persistence';
import { Clock, Replayable } from '@onepoint/platform';

/** What a request is answered, before it is sent. */
interface FirstAnswer<Body> {
  readonly status: number;
  readonly body: Body;
}

/**
 * Gives a repeated request its first answer again (`Idempotency-Key`). For work that changes nothing
 * when it is done twice, as settling is: the key needs no claim before the work, so that a crash
 * leaves none behind, and two at once do no harm: the first answer that is kept is everybody's.
 */
@Injectable()
export class AnswerOnce {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Throws `IdempotencyKeyReused` when the key came with another request before. */
  async to<Body>(
    claim: KeyClaim | null,
    work: () => Promise<FirstAnswer<Body>>,
  ): Promise<Replayable<Body>> {
    const kept = claim === null ? null : await this.kept<Body>(claim);
    if (kept !== null) return kept;
    const answer = await work();
    if (claim === null) return new Replayable(answer.status, answer.body, false);
    return this.keep(claim, answer);
  }

  private async keep<Body>(claim: KeyClaim, answer: FirstAnswer<Body>): Promise<Replayable<Body>> {
    try {
      await this.database.transaction((tx) => claimKeys(tx, [{ claim, answer }], this.clock.now()));
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      const kept = await this.kept<Body>(claim);
      if (kept !== null) return kept;
    }
    return new Replayable(answer.status, answer.body, false);
  }

  private async kept<Body>(claim: KeyClaim): Promise<Replayable<Body> | null> {
    const found = await this.database.read((sql) => findKeys(sql, [claim]));
    const kept = found.get(claimIdOf(claim));
    const replay = kept === undefined ? 'running' : replayOf(kept, claim);
    // What was kept under this fingerprint is what this very route answered.
    return replay === 'running' ? null : new Replayable(replay.status, replay.body as Body, true);
  }
}
