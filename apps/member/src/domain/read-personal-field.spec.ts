import { describe, expect, it } from '@jest/globals';
import {
  FieldRefused,
  readAddress,
  readEmail,
  readName,
  readPhone,
} from './read-personal-field.ts';

describe('a phone', () => {
  it.each([
    ['01011111111', '01011111111'],
    ['0102223111', '0102223111'],
    ['010-1111-1111', '01011111111'],
    [' (010) 1111.1111 ', '01011111111'],
    ['+82 10-1111-1111', '821011111111'],
    ['1234567', '1234567'],
    ['123456789012345', '123456789012345'],
  ])('%j is %j', (written, digits) => {
    expect(readPhone(written)).toBe(digits);
  });

  it.each([
    ['nothing', ''],
    ['blanks', '   '],
    ['separators alone', '+()-'],
    ['six digits', '123456'],
    ['sixteen digits', '1234567890123456'],
    ['letters', '010-CALL-NOW'],
    ['a plus inside', '010+11111111'],
    ['digits of another script', '０１０１１１１１１１１'],
    ['a line break inside', '0101111\n1111'],
    ['very much', '1'.repeat(60_000)],
  ])('%s is refused', (_what, written) => {
    expect(() => readPhone(written)).toThrow(FieldRefused);
  });
});

describe('a name', () => {
  it('is trimmed and composed, so that one name is written in one way', () => {
    expect(readName('  안서연\t')).toBe('안서연');
    expect(readName('안서연'.normalize('NFD'))).toBe('안서연');
  });

  it('may have 100 characters, counted as people count them', () => {
    expect(readName('😀'.repeat(100))).toBe('😀'.repeat(100));
    expect(() => readName('😀'.repeat(101))).toThrow('longer than 100');
  });

  it.each([
    ['nothing', ''],
    ['blanks', ' \u00a0\u3000'],
    ['what nobody can see', '\u200b\u2060\u3164'],
  ])('must not be %s', (_what, text) => {
    expect(() => readName(text)).toThrow('must not be blank');
  });

  it.each([
    ['half of a character', 'A\ud83d'],
    ['a NUL', 'A\0B'],
    ['a line break', 'A\nB'],
  ])('must not contain %s', (_what, text) => {
    expect(() => readName(text)).toThrow(FieldRefused);
  });
});

describe('an address', () => {
  it('may have 300 characters', () => {
    expect(readAddress('가'.repeat(300))).toHaveLength(300);
    expect(() => readAddress('가'.repeat(301))).toThrow('longer than 300');
    expect(() => readAddress('  ')).toThrow('must not be blank');
  });
});

describe('an email address', () => {
  it.each(['a@b.kr', 'first.last+tag@mail.example.co.kr', '한글@예시.한국'])(
    '%s will do',
    (text) => {
      expect(readEmail(` ${text} `)).toBe(text);
    },
  );

  it.each(['', 'a', 'a@b', '@b.kr', 'a@b.', 'a@.kr', 'a@b..kr', 'a b@c.kr', 'a@b@c.kr'])(
    '%j will not',
    (text) => {
      expect(() => readEmail(text)).toThrow(FieldRefused);
    },
  );

  it('may have 254 characters', () => {
    expect(readEmail(`${'a'.repeat(249)}@b.kr`)).toHaveLength(254);
    expect(() => readEmail(`${'a'.repeat(250)}@b.kr`)).toThrow('longer than 254');
  });
});

it('a refusal never repeats what was refused', () => {
  for (const read of [readName, readAddress, readEmail, readPhone]) {
    expect(() => read(`marker\n${'x'.repeat(400)}`)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('marker') }),
    );
  }
});
