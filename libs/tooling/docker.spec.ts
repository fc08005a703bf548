import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const read = (path: string) => readFileSync(join(root, 'docker', path), 'utf8');

interface Service {
  image: string;
  command?: string[];
  read_only?: boolean;
  cap_drop?: string[];
  privileged?: boolean;
  user?: string;
  volumes?: string[];
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
}

/** What is wrong with a Dockerfile, in the order of its lines. */
function refuseDockerfile(text: string): string[] {
  const lines = text.replace(/\\\n/g, ' ').split('\n');
  const instructions = lines
    .filter((line) => line.trim() && !line.startsWith('#'))
    .map((line) => line.trim().split(/\s+/));
  const wrong = instructions.flatMap(([name, ...rest]) => {
    if (name === 'FROM') return refuseImage(rest[0] ?? '');
    if (name === 'ADD') return ['ADD fetches and unpacks: use COPY'];
    if (name === 'CMD' && !rest[0]?.startsWith('[')) return ['CMD through a shell swallows signals'];
    if (/^(ENV|ARG)$/.test(name ?? '') && /PASSWORD|SECRET|KEY|TOKEN/.test(rest.join(' ')))
      return ['a secret in the image'];
    return [];
  });
  const last = instructions.slice(instructions.findLastIndex(([name]) => name === 'FROM'));
  const user = last.findLast(([name]) => name === 'USER')?.[1];
  if (!user || /^(root|0)\b/.test(user)) wrong.push('the process is root');
  if (last.some(([name, ...rest]) => name === 'COPY' && rest.some((word) => /^--ch(own|mod)/.test(word))))
    wrong.push('the tree is writable');
  if (!last.some(([name]) => name === 'HEALTHCHECK')) wrong.push('no health check');
  return wrong;
}

function refuseImage(image: string): string[] {
  const tag = /:([^:/@]+)$/.exec(image)?.[1];
  return !tag || tag === 'latest' ? [`${image} names no version`] : [];
}

describe('the Dockerfile', () => {
  const good = 'FROM node:24-bookworm-slim\nCOPY . .\nUSER node\nHEALTHCHECK CMD ["x"]\nCMD ["node", "x"]\n';

  it('keeps the rules', () => {
    expect(refuseDockerfile(read('Dockerfile'))).toEqual([]);
  });

  it.each([
    ['FROM node:latest', (text: string) => text.replace('24-bookworm-slim', 'latest')],
    ['FROM node', (text: string) => text.replace(':24-bookworm-slim', '')],
    ['no USER', (text: string) => text.replace('USER node\n', '')],
    ['USER root', (text: string) => text.replace('USER node', 'USER root')],
    ['ADD', (text: string) => text.replace('COPY . .', 'ADD . .')],
    ['a tree of the process', (text: string) => text.replace('COPY .', 'COPY --chown=node:node .')],
    ['a shell between', (text: string) => text.replace('CMD ["node", "x"]', 'CMD node x')],
    ['a secret', (text: string) => `${text}ENV DATABASE_PASSWORD=x\n`],
    ['no health check', (text: string) => text.replace('HEALTHCHECK CMD ["x"]\n', '')],
  ])('is refused with %s', (_, spoil) => {
    expect(refuseDockerfile(good)).toEqual([]);
    expect(refuseDockerfile(spoil(good))).toHaveLength(1);
  });

  it('copies what is there, and names entries that are built', () => {
    const apps = [...(read('Dockerfile') + read('compose.yaml')).matchAll(/dist\/(\w+)\/apps\/(\w+)\/src\/main\.js/g)];
    expect(new Set(apps.map(([, folder]) => folder))).toEqual(new Set(['api', 'worker', 'cli']));
    for (const [, folder, app] of apps) expect(folder).toBe(app);
    for (const path of ['package.json', 'package-lock.json', '.npmrc', 'libs/tooling/bundle.mjs'])
      expect(existsSync(join(root, path))).toBe(true);
  });
});

describe('the compose file', () => {
  let services: Record<string, Service>;
  const ours = ['migrate', 'api', 'worker'];

  beforeAll(() => {
    ({ services } = parse(read('compose.yaml'), { merge: true }) as { services: Record<string, Service> });
  });

  it('has MariaDB, Redis, an S3 server and our processes, each in a named version', () => {
    expect(Object.keys(services).sort()).toEqual(['api', 'mariadb', 'migrate', 'redis', 's3', 'worker']);
    expect(Object.values(services).flatMap(({ image }) => refuseImage(image))).toEqual([]);
  });

  it('gives our processes a read-only tree, one writable folder and no powers', () => {
    for (const name of ours) {
      const service = services[name]!;
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], volumes: ['state:/data'] });
      expect(service).not.toHaveProperty('user');
    }
    expect(Object.values(services).filter(({ privileged }) => privileged)).toEqual([]);
  });

  it('runs a Redis that drops nothing and outlives a restart', () => {
    const command = services.redis!.command!.join(' ');
    expect(command).toContain('--maxmemory-policy noeviction');
    expect(command).toContain('--appendonly yes');
  });

  it('migrates before anything serves', () => {
    for (const name of ['api', 'worker'])
      expect(services[name]!.depends_on!.migrate).toEqual({ condition: 'service_completed_successfully' });
  });

  it('holds no secret, and asks for each in the example', () => {
    const asked = new Set([...read('compose.yaml').matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name));
    const named = [...read('example.env').matchAll(/^(\w+)=$/gm)].map(([, name]) => name);
    expect(new Set(named)).toEqual(asked);
    const secrets = Object.values(services).flatMap(({ environment = {} }) =>
      Object.entries(environment).filter(([name]) => /PASSWORD$|SECRET|ACCESS_KEY|MASTER_KEY|PASSPHRASE/.test(name)),
    );
    expect(secrets.length).toBeGreaterThan(5);
    for (const [name, value] of secrets.filter(([name]) => !name.includes('RANDOM')))
      expect([name, value]).toEqual([name, expect.stringMatching(/^\$\{/)]);
  });

  it('uses settings that the product knows', () => {
    const settings = readFileSync(join(root, 'libs/platform/src/settings/settings.ts'), 'utf8');
    for (const name of Object.keys(services.api!.environment!))
      expect(settings).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'));
    expect(readdirSync(join(root, 'docker'))).toContain('README.md');
  });
});
