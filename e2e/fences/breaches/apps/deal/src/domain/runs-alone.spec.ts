// breaks: eslint/house/no-only-tests
import { expect, it } from '@jest/globals';

it.only('hides all the others', () => {
  expect(1).toBe(1);
});
