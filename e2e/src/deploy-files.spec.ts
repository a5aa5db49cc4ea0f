import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { serviceNames } from '@onepoint/contracts';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { ROOT } from './running/program.ts';

const read = (file: string): string => readFileSync(`${ROOT}/${file}`, 'utf8');
const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;
const services = [...serviceNames].sort();

const probe = z.object({ httpGet: z.object({ path: z.string(), port: z.literal('http') }) });
const deployment = z.object({
  kind: z.literal('Deployment'),
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    template: z.object({
      spec: z.object({
        automountServiceAccountToken: z.literal(false),
        terminationGracePeriodSeconds: z.number(),
        securityContext: z.object({ runAsNonRoot: z.literal(true), runAsUser: z.number().min(1) }),
        containers: z.tuple([
          z.object({
            command: z.array(z.string()),
            startupProbe: probe,
            readinessProbe: probe,
            livenessProbe: probe,
            resources: z.object({
              requests: z.object({ cpu: z.string(), memory: z.string() }),
              limits: z.object({ memory: z.string() }),
            }),
            securityContext: z.object({
              allowPrivilegeEscalation: z.literal(false),
              readOnlyRootFilesystem: z.literal(true),
              capabilities: z.object({ drop: z.tuple([z.literal('ALL')]) }),
            }),
          }),
        ]),
      }),
    }),
  }),
});
const autoscaler = z.object({
  spec: z.object({
    scaleTargetRef: z.object({ kind: z.literal('Deployment'), name: z.string() }),
    minReplicas: z.literal(1),
    maxReplicas: z.literal(10),
  }),
});

/** What the kustomization makes, as the cluster would get it. */
function rendered(kind: string): unknown[] {
  const text = execFileSync('kubectl', ['kustomize', 'deploy/k8s/base'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return parseAllDocuments(text)
    .map((document) => document.toJS() as { kind: string })
    .filter((resource) => resource.kind === kind);
}

if (hasKubectl) {
  describe('deploy/k8s/base, rendered by kubectl', () => {
    it('has for each service a Deployment that is probed, bounded and not root', () => {
      const deployments = rendered('Deployment').map((found) => deployment.parse(found));
      expect(deployments.map(({ metadata }) => metadata.name).sort()).toEqual(services);
      for (const { metadata, spec } of deployments) {
        const [container] = spec.template.spec.containers;
        expect(container.command).toEqual(['node', `apps/${metadata.name}/dist/main.js`]);
        expect(container.startupProbe.httpGet.path).toBe('/health/live');
        expect(container.livenessProbe.httpGet.path).toBe('/health/live');
        expect(container.readinessProbe.httpGet.path).toBe('/health/ready');
      }
    });

    it('has for each service an autoscaler from 1 to 10', () => {
      const targets = rendered('HorizontalPodAutoscaler').map(
        (found) => autoscaler.parse(found).spec.scaleTargetRef.name,
      );
      expect(targets.sort()).toEqual(services);
    });

    it('has for each service a job that migrates', () => {
      const jobs = rendered('Job').map((job) => JSON.stringify(job));
      expect(jobs).toHaveLength(services.length);
      for (const service of services) {
        expect(jobs.filter((job) => job.includes(`apps/${service}/dist/migrate.js`))).toHaveLength(
          1,
        );
      }
    });

    it('has no secret in it', () => {
      expect(rendered('Secret')).toEqual([]);
    });
  });
} else {
  describe('deploy/k8s/base IS NOT TESTED: kubectl is not installed', () => {
    it('which is not accepted in CI', () => {
      process.stderr.write(`${'!'.repeat(80)}\n!! deploy/k8s IS NOT TESTED: no kubectl\n`);
      expect(process.env['CI']).not.toBe('true');
    });
  });
}

describe('deploy/compose.yaml', () => {
  const compose = z
    .object({
      services: z.record(z.string(), z.object({ command: z.array(z.string()).optional() }).loose()),
    })
    .parse(parse(read('deploy/compose.yaml'), { merge: true }));

  it('names the five services by their programs, each migrated first', () => {
    for (const service of services) {
      expect(compose.services[service]).toMatchObject({
        command: ['node', `apps/${service}/dist/main.js`],
        depends_on: {
          [`migrate-${service}`]: { condition: 'service_completed_successfully' },
          mysql: { condition: 'service_healthy' },
          rabbitmq: { condition: 'service_healthy' },
        },
      });
      expect(compose.services[`migrate-${service}`]).toMatchObject({
        command: ['node', `apps/${service}/dist/migrate.js`],
      });
    }
  });

  it('publishes on loopback only', () => {
    for (const service of services) {
      const { ports } = compose.services[service] as unknown as { ports: string[] };
      expect(ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:(\d+):\1$/)]);
    }
  });
});

describe('deploy/docker/Dockerfile', () => {
  const dockerfile = read('deploy/docker/Dockerfile');

  it('holds all five services, to be started by convention', () => {
    expect(dockerfile).toContain('node apps/<service>/dist/main.js');
    for (const service of services) {
      expect(dockerfile).toContain(`COPY apps/${service}/package.json`);
      expect(existsSync(`${ROOT}/apps/${service}/src/main.ts`)).toBe(true);
      expect(existsSync(`${ROOT}/apps/${service}/src/migrate.ts`)).toBe(true);
    }
  });

  it('does not run as root', () => {
    expect(dockerfile.match(/^USER .*$/gm)?.at(-1)).toBe('USER node');
  });
});
