import { describe, expect, it } from '@jest/globals';
import { sizesOf } from './growing-sizes.ts';
import { replicasOf } from './more-replicas.ts';

describe('the sizes of a growth run', () => {
  it('grow in members with the fewest deals, and then in deals with the most members', () => {
    expect(sizesOf([10, 100], [5, 50, 500])).toEqual([
      { members: 10, deals: 5, isNew: true },
      { members: 100, deals: 5, isNew: true },
      { members: 100, deals: 50, isNew: false },
      { members: 100, deals: 500, isNew: false },
    ]);
  });
});

describe('the replicas of a growth run', () => {
  it('are one of each, then more of one, of the other, and of both', () => {
    expect(replicasOf([1, 2])).toEqual([
      { deal: 1, point: 1 },
      { deal: 2, point: 1 },
      { deal: 1, point: 2 },
      { deal: 2, point: 2 },
    ]);
    expect(replicasOf([1, 2, 3])).toHaveLength(7);
  });
});
