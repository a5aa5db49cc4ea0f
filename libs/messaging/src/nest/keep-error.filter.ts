import { Catch } from '@nestjs/common';
import type { ExceptionFilter } from '@nestjs/common';
import { throwError } from 'rxjs';
import type { Observable } from 'rxjs';

/**
 * Passes a handler's error on as it is. Nest would replace it by `Internal server error`, and then nobody
 * could tell a database that is away from a poison message.
 */
@Catch()
export class KeepErrorFilter implements ExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}
