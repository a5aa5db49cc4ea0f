import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isInstalled, writeStamp } from './install.mjs';

const longAgo = new Date('2026-01-01T00:00:00Z');
const lately = new Date('2026-01-02T00:00:00Z');

describe('what is installed', () => {
  let checkout: string;

  beforeEach(() => {
    checkout = mkdtempSync(join(tmpdir(), 'onepoint-install-'));
  });
  afterEach(() => {
    rmSync(checkout, { recursive: true, force: true });
  });

  function put(file: string, text: string, at: Date): void {
    mkdirSync(join(checkout, file, '..'), { recursive: true });
    writeFileSync(join(checkout, file), text);
    utimesSync(join(checkout, file), at, at);
  }
  const lock = (text: string, at: Date): void => put('package-lock.json', text, at);
  const npmFinished = (at: Date): void => put('node_modules/.package-lock.json', '{}', at);

  it('is nothing in a fresh clone', () => {
    lock('{"one":1}', lately);
    expect(isInstalled(checkout)).toBe(false);
  });

  it('is nothing where npm was interrupted before it finished', () => {
    lock('{"one":1}', longAgo);
    put('node_modules/zod/package.json', '{}', lately);
    expect(isInstalled(checkout)).toBe(false);
  });

  it('is what somebody installed by hand after the lock file changed', () => {
    lock('{"one":1}', longAgo);
    npmFinished(lately);
    expect(isInstalled(checkout)).toBe(true);
  });

  it('is out of date when the lock file is newer and differs', () => {
    lock('{"one":1}', longAgo);
    npmFinished(longAgo);
    writeStamp(checkout);
    lock('{"one":2}', lately);
    expect(isInstalled(checkout)).toBe(false);
  });

  it('is up to date when the lock file is newer and the same', () => {
    lock('{"one":1}', longAgo);
    npmFinished(longAgo);
    writeStamp(checkout);
    lock('{"one":1}', lately);
    expect(isInstalled(checkout)).toBe(true);
  });
});
