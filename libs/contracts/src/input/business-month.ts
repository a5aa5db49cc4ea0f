import { z } from 'zod';

/** A month of the business calendar (Asia/Seoul) as `YYYYMM`, `200001` to `299912`. */
export const businessMonth = z
  .string()
  .regex(/^2\d{3}(0[1-9]|1[0-2])$/, { error: 'must be a month as YYYYMM' })
  .meta({ description: 'a month of the business calendar, YYYYMM' });
/** A month of the business calendar as `YYYYMM`. */
export type BusinessMonth = z.infer<typeof businessMonth>;
