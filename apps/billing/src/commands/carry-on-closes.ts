import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Clock, Rounds } from '@onepoint/platform';
import { Closes } from '../domain/month-close.ts';
import type { CloseLease } from '../domain/month-close.ts';
import { CLOSE_POLICY, CloseInterrupted, CloseWorker } from './close-worker.ts';
import type { ClosePolicy } from './close-worker.ts';

/**
 * Looks for closes that nobody works on, new ones and those that a crash has left behind, and works
 * on them. One process at a time has the lease of a close; should two ever work on one, they waste
 * work and do no harm, since settling twice changes nothing (P9).
 */
@Injectable()
export class CarryOnCloses implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(CarryOnCloses.name);
  private readonly owner = randomUUID();
  private readonly rounds: Rounds;
  private stopping = false;

  constructor(
    private readonly closes: Closes,
    private readonly worker: CloseWorker,
    private readonly clock: Clock,
    @Inject(CLOSE_POLICY) private readonly policy: ClosePolicy,
  ) {
    this.rounds = new Rounds({
      name: 'carry on with closes',
      everyMs: policy.lookEveryMs,
      round: () => this.carryOn(),
      logger: this.logger,
    });
  }

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await this.rounds.stop();
  }

  /** One round: one close, if there is one to be had. */
  async carryOn(): Promise<void> {
    const now = this.clock.now();
    const lease = await this.closes.take(this.owner, now, now + this.policy.leaseMs);
    if (lease === null) return;
    try {
      await this.worker.work(lease, this.signsOfLife(lease));
    } catch (error) {
      await this.letGo(lease);
      if (!(error instanceof CloseInterrupted)) throw error;
    }
  }

  /** Renews the lease every third of its time; says no when it is lost or the process stops. */
  private signsOfLife(lease: CloseLease): () => Promise<boolean> {
    let renewAtMs = performance.now() + this.policy.leaseMs / 3;
    return async () => {
      if (this.stopping) return false;
      if (performance.now() < renewAtMs) return true;
      renewAtMs = performance.now() + this.policy.leaseMs / 3;
      return this.closes.keep(lease, this.clock.now() + this.policy.leaseMs);
    };
  }

  /** Others need not wait for the lease to run out. */
  private async letGo(lease: CloseLease): Promise<void> {
    try {
      await this.closes.keep(lease, 0);
    } catch (error) {
      this.logger.warn({ err: error }, 'the lease of a close runs out by itself');
    }
  }
}
