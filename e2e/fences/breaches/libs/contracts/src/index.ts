import { z } from 'zod';

export const pointSchema = z.number();
