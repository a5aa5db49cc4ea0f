/** One line of a service's `/metrics`. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A stage that batches, between two looks at its service's metrics. */
export interface StageSeen {
  readonly batch: string;
  readonly batches: number;
  /** Jobs in one batch, on average. */
  readonly jobs: number;
  /** How long the oldest job of a batch waited, on average; ms. */
  readonly waitedMs: number;
  /** How long a batch took, on average; ms. */
  readonly tookMs: number;
}

/** The way of a use; what else batches follows. */
const IN_ORDER = ['deal-records', 'point-calls', 'point-changes', 'deal-ends'];
const LINE = /^([A-Za-z_:][A-Za-z0-9_:]*)(?:\{(.*)\})? (\S+)/;
const LABEL = /([A-Za-z_][A-Za-z0-9_]*)="((?:[^"\\]|\\.)*)"/g;
const ESCAPED: Readonly<Record<string, string>> = { n: '\n' };

/** Reads the text that Prometheus reads; lines that are no samples are passed over. */
export function readMetrics(text: string): Sample[] {
  return text.split('\n').flatMap((line) => {
    const [, name, labels = '', value] = LINE.exec(line) ?? [];
    if (name === undefined || value === undefined) return [];
    return [{ name, labels: labelsOf(labels), value: Number(value) }];
  });
}

function labelsOf(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const [, name = '', value = ''] of text.matchAll(LABEL)) {
    labels[name] = value.replace(/\\(.)/g, (_, char: string) => ESCAPED[char] ?? char);
  }
  return labels;
}

/** The sum of all samples of a name that carry these labels, 0 of none. */
export function sumOf(
  samples: readonly Sample[],
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number {
  return samples
    .filter((sample) => sample.name === name)
    .filter((sample) => Object.entries(labels).every(([key, to]) => sample.labels[key] === to))
    .reduce((sum, { value }) => sum + value, 0);
}

/** Stages of all services in the order in which a use goes through them. */
export function inOrder<Stage extends StageSeen>(stages: readonly Stage[]): Stage[] {
  const placeOf = ({ batch }: StageSeen): number => {
    const place = IN_ORDER.findIndex((name) => batch.startsWith(name));
    return place === -1 ? IN_ORDER.length : place;
  };
  return stages.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** What the stages of one service did between two looks; stages that did nothing are left out. */
export function stagesBetween(before: readonly Sample[], after: readonly Sample[]): StageSeen[] {
  const names = after
    .filter(({ name }) => name === 'onepoint_batch_jobs_count')
    .map(({ labels }) => labels['batch'] ?? '');
  return [...new Set(names)].sort().flatMap((batch) => {
    const grown = (name: string): number =>
      sumOf(after, name, { batch }) - sumOf(before, name, { batch });
    const batches = grown('onepoint_batch_jobs_count');
    if (batches === 0) return [];
    const each = (name: string): number => grown(`${name}_sum`) / batches;
    return [
      {
        ...{ batch, batches, jobs: each('onepoint_batch_jobs') },
        waitedMs: each('onepoint_batch_waited_seconds') * 1_000,
        tookMs: each('onepoint_batch_took_seconds') * 1_000,
      },
    ];
  });
}
