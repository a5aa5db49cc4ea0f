import { Injectable } from '@nestjs/common';

/** Whether this service wants requests. Off until it has started and from the moment it stops (P8). */
@Injectable()
export class Readiness {
  #on = false;

  get isOn(): boolean {
    return this.#on;
  }

  turnOn(): void {
    this.#on = true;
  }

  turnOff(): void {
    this.#on = false;
  }
}
