import { Injectable } from '@nestjs/common';
import { Database } from '@onepoint/persistence';
import type { Sql } from '@onepoint/persistence';
import type { QueryRunner } from 'typeorm';
import { createReadModel } from './create-read-model.ts';
import { RebuildNotRunning, readPointer, writePointer } from './generation-pointer.ts';
import type { PointerRow } from './generation-pointer.ts';
import { Generations } from './generations.ts';
import { tablesOfGeneration } from './read-model-tables.ts';

/** A connection that came without the runner that makes tables. */
class NoQueryRunner extends Error {
  override readonly name = 'NoQueryRunner';
}

/** Makes, swaps and drops generations of the read model. */
@Injectable()
export class GenerationBook {
  private beginning: Promise<number> | null = null;

  constructor(
    private readonly database: Database,
    private readonly generations: Generations,
  ) {}

  read(): Promise<PointerRow> {
    return this.database.read((sql) => readPointer(sql));
  }

  /**
   * Makes an empty generation that from now on every batch is written to as well; the one that is being
   * built already, if there is one, so that a rebuild that was broken off can be gone on with.
   */
  begin(): Promise<number> {
    this.beginning ??= this.beginOne().finally(() => (this.beginning = null));
    return this.beginning;
  }

  /**
   * Lets questions be answered from the generation that was being built. Waits for the batches under
   * way; those that follow are written to it alone.
   *
   * @throws RebuildNotRunning
   */
  async swap(generation: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      const row = await readPointer(tx, 'alone');
      if (row.building !== generation || !row.isReady) throw new RebuildNotRunning(generation);
      await writePointer(tx, { ...row, serving: generation, building: null, isReady: false });
    });
    await this.generations.refresh();
  }

  /** Gives up the generation that is being built; nothing happens when there is none. */
  async abort(): Promise<void> {
    await this.database.transaction(async (tx) => {
      const row = await readPointer(tx, 'alone');
      await writePointer(tx, { ...row, building: null, isReady: false });
    });
    await this.dropUnused();
  }

  /** Drops the tables of all generations that neither serve nor are being built. */
  async dropUnused(): Promise<void> {
    const { serving, building, newest } = await this.read();
    for (let generation = 1; generation <= newest; generation += 1) {
      if (generation !== serving && generation !== building) await this.dropOne(generation);
    }
  }

  private async beginOne(): Promise<number> {
    const claimed = await this.database.transaction(async (tx) => {
      const row = await readPointer(tx, 'alone');
      if (row.building !== null) return { ...row, building: row.building };
      const building = row.newest + 1;
      const claim = { ...row, building, newest: building, isReady: false };
      await writePointer(tx, claim);
      return claim;
    });
    if (claimed.isReady) return claimed.building;
    await this.dropUnused();
    // What a crash has left of it is of no use: only whole it is written to.
    await this.dropOne(claimed.building);
    await this.database.read((sql) =>
      createReadModel(runnerOf(sql), tablesOfGeneration(claimed.building)),
    );
    await this.database.transaction(async (tx) => {
      const row = await readPointer(tx, 'alone');
      if (row.building !== claimed.building) throw new RebuildNotRunning(claimed.building);
      await writePointer(tx, { ...row, isReady: true });
    });
    return claimed.building;
  }

  private async dropOne(generation: number): Promise<void> {
    await this.database.read(async (sql) => {
      for (const table of Object.values(tablesOfGeneration(generation))) {
        await runnerOf(sql).query(`DROP TABLE IF EXISTS ${table}`);
      }
    });
  }
}

/** Tables are made and dropped outside of transactions: MySQL would end one at each of them. */
function runnerOf({ manager }: Sql): QueryRunner {
  if (manager.queryRunner === undefined) throw new NoQueryRunner();
  return manager.queryRunner;
}
