import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createReadModel, dropReadModel } from '../create-read-model.ts';
import { tablesOfGeneration } from '../read-model-tables.ts';

/** The first generation of the read model, empty. */
export class CreateReadModel1763859600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createReadModel(runner, tablesOfGeneration(1));
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropReadModel(runner, tablesOfGeneration(1));
  }
}
