import { z } from 'zod';

/** A day of the business calendar (Asia/Seoul) as `YYYY-MM-DD`, `2000-01-01` to `2999-12-31`. */
export const businessDay = z.iso
  .date({ error: 'must be a day as YYYY-MM-DD' })
  .regex(/^2/, { error: 'must be a day from 2000-01-01 to 2999-12-31' })
  .meta({ description: 'a day of the business calendar, YYYY-MM-DD' });
/** A day of the business calendar as `YYYY-MM-DD`. */
export type BusinessDay = z.infer<typeof businessDay>;
