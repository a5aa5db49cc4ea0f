/** Steps from one deal's member to the next one's: prime, so that every member has their turn. */
export const MEMBER_STEP = 7_919;

/** These members cannot be walked over with {@link MEMBER_STEP}. */
export class MembersNotSpread extends Error {
  override readonly name = 'MembersNotSpread';
}

/**
 * The number that undoes a multiplication by {@link MEMBER_STEP} modulo `members`: deal n belongs to member
 * 1 + n × 7,919 mod members, so member 1 + j has deal j × this mod members first.
 *
 * @throws MembersNotSpread when 7,919 divides `members`
 */
export function undoStep(members: number): number {
  let [low, high] = [members, MEMBER_STEP % members];
  let [lowTimes, highTimes] = [0, 1];
  while (high > 1) {
    const times = Math.floor(low / high);
    [low, high] = [high, low - times * high];
    [lowTimes, highTimes] = [highTimes, lowTimes - times * highTimes];
  }
  if (members === 1) return 0;
  if (high !== 1) throw new MembersNotSpread(`${members} is a multiple of ${MEMBER_STEP}`);
  return ((highTimes % members) + members) % members;
}
