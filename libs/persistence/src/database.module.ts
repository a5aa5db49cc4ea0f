import { Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationShutdown } from '@nestjs/common';
import { Database } from './database.ts';
import type { SchemaParts, StorageOptions } from './storage.ts';

/**
 * Gives an app its {@link Database}: opened while the app is built (it does not start without), and
 * closed last of all, after HTTP and messages have stopped. Migrates nothing.
 */
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(private readonly database: Database) {}

  static forService(storage: StorageOptions, schema: SchemaParts): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      providers: [{ provide: Database, useFactory: () => Database.open(storage, schema) }],
      exports: [Database],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}
