import type { DynamicModule, Type } from '@nestjs/common';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ServiceName } from '@onepoint/contracts';
import type { ProcessSettings } from '../settings/process-settings.ts';

/** All that is needed to start one service. */
export interface ServiceBlueprint {
  readonly name: ServiceName;
  /** The app's module; it imports `PlatformModule.forService`. */
  readonly module: Type | DynamicModule;
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly settings: ProcessSettings;
  /** What the service hears events by; each is attached before it listens. */
  readonly strategies: (app: NestFastifyApplication) => readonly CustomTransportStrategy[];
  /** Heads the service's page at `/docs`. */
  readonly publicTitle: string;
  /**
   * True where nobody stands at a till for its work: as a process of its own it takes of a shared machine what the others
   * leave. (In a cluster the processor shares of its pods say that.)
   */
  readonly yields?: boolean;
}

/** A service that listens. */
export interface RunningService {
  readonly name: ServiceName;
  /** Where it listens, for example `http://127.0.0.1:8085`. */
  readonly url: string;
  readonly app: NestFastifyApplication;
  /** True when calls without credentials are let in. */
  readonly openDoors: boolean;
  /** Not ready → wait DRAIN_MS → finish what is in hand → close. Asked twice, it is done once. */
  stop(): Promise<void>;
}
