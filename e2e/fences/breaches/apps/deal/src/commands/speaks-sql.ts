// breaks: depcruise/typeorm-stays-in-persistence
import { DataSource } from 'typeorm';

export const source = DataSource;
