import { Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { Database } from '@onepoint/persistence';
import type { Transaction } from '@onepoint/persistence';
import { Rounds } from '@onepoint/platform';
import { pointerOf, readPointer } from './generation-pointer.ts';
import type { GenerationPointer } from './generation-pointer.ts';
import { tablesOfGeneration } from './read-model-tables.ts';
import type { ReadModelTables } from './read-model-tables.ts';

/** How long an instance that projects nothing may go on answering from a generation that was replaced. */
const EVERY_MS = 500;

/** Which generation questions are answered from and events are written to. */
@Injectable()
export class Generations implements OnModuleInit, BeforeApplicationShutdown {
  private tables = tablesOfGeneration(1);
  private generation = 1;
  private readonly rounds: Rounds;

  constructor(private readonly database: Database) {
    this.rounds = new Rounds({
      name: 'the serving generation',
      everyMs: EVERY_MS,
      round: () => this.refresh(),
      logger: new Logger(Generations.name),
    });
  }

  async onModuleInit(): Promise<void> {
    await this.refresh();
    this.rounds.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
  }

  /** The tables to answer from. After a swap they are the old ones for a moment; those are kept. */
  get serving(): ReadModelTables {
    return this.tables;
  }

  /** Which generations to write to; none of them is swapped or given up before the transaction ends. */
  async hold(tx: Transaction): Promise<GenerationPointer> {
    const pointer = pointerOf(await readPointer(tx, 'shared'));
    tx.afterCommit(() => this.serve(pointer.serving));
    return pointer;
  }

  /** Looks which generation is serving now. */
  async refresh(): Promise<void> {
    const { serving } = await this.database.read((sql) => readPointer(sql));
    this.serve(serving);
  }

  private serve(generation: number): void {
    if (generation === this.generation) return;
    this.generation = generation;
    this.tables = tablesOfGeneration(generation);
  }
}
