// Which kind of project may know which, by the tags that tools/workspace-plugin.mjs gives.
import { libMayImport } from '../fences/layout.mjs';

const libConstraints = Object.entries(libMayImport).map(([lib, below]) => ({
  sourceTag: `lib:${lib}`,
  onlyDependOnLibsWithTags: below.map((name) => `lib:${name}`),
}));

/** For `@nx/enforce-module-boundaries`. */
export const projectConstraints = [
  { sourceTag: 'type:app', onlyDependOnLibsWithTags: ['type:lib'] },
  ...libConstraints,
  { sourceTag: 'type:deploy', onlyDependOnLibsWithTags: ['type:app', 'type:lib'] },
  { sourceTag: 'type:e2e', onlyDependOnLibsWithTags: ['lib:contracts', 'type:tool'] },
  { sourceTag: 'type:bench', onlyDependOnLibsWithTags: ['lib:contracts', 'type:tool'] },
  { sourceTag: 'type:fence', onlyDependOnLibsWithTags: ['type:tool'] },
  { sourceTag: 'type:tool', onlyDependOnLibsWithTags: ['type:tool'] },
];
