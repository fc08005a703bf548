// CPU of a certificate and of an attendance report, each drawn to memory in a process of its own, its start included. The
// limits are pdfkit as its guide has it, drawing the same page, and the same glyphs by a bare loop into a page that is there;
// size and memory against their goals. What is met is a ratio: at most 1/40 of pdfkit for a certificate among thousands, where
// the limit has it easier than we: no Nastaliq. The other goals are the milliseconds we want over those that pdfkit took when
// they were chosen: 12 of 153 for 200 certificates, both with a title in Nastaliq, 8 of 1,620 and 120 of 29,600 for reports
// beside pdfkit's own table.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { figureOf, median } from '../../tooling/figures.mjs';

const program = fileURLToPath(new URL('paper-process.mjs', import.meta.url));

function drawn(what, count, people = 25) {
  const args = ['--expose-gc', program, what, count, people].map(String);
  const figures = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 26 }));
  const { drawing, whole, bytes, peak } = figures;
  process.stderr.write(
    `${what} x ${count}${what.endsWith('report') ? ` of ${people} people` : ''}: ${whole.toFixed(2)} ms with start, ` +
      `${drawing.toFixed(2)} ms drawing, ${bytes} bytes, ${peak.toFixed(0)} MB\n`,
  );
  return figures;
}

const several = (rounds, ...given) => Array.from({ length: rounds }, () => drawn(...given));
const middle = (figures, name) => median(figures.map((figure) => figure[name]));
const say = (...figure) => console.log(JSON.stringify(figureOf(...figure)));

const naive = several(3, 'naive-certificate', 30);
const plain = several(3, 'plain-certificate', 30);
const few = several(3, 'certificate', 200);
const many = several(3, 'certificate', 5000);
const bare = several(3, 'bare-certificate', 5000);
if (new Set([...few, ...many].map(({ firstDigest }) => firstDigest)).size > 1) {
  throw new Error('The same certificate is not the same file in every process.');
}
say('certificate-paper of 5000, ms of CPU with start', middle(many, 'whole'), middle(plain, 'drawing'), {
  atMost: 1 / 40,
});
say('certificate-paper of 200, ms of CPU with start', middle(few, 'whole'), middle(naive, 'drawing'), {
  atMost: 12 / 153,
});
say('certificate-paper beside a bare loop, ms of CPU', middle(many, 'drawing'), middle(bare, 'drawing'), { atMost: 2 });
say('certificate-paper, kB a file', middle(many, 'bytes') / 1000, 130, { atMost: 1 });
say('certificate-paper, MB at the most', Math.max(...many.map(({ peak }) => peak)), 260, { atMost: 1 });
say('certificate-paper, MB of heap at the end and after 500', middle(many, 'heap'), middle(many, 'heapAt500'), {
  atMost: 1.1,
});

const small = several(3, 'report', 1000);
const table = several(1, 'naive-report', 3);
say('report-paper of 25 x 40, ms of CPU', middle(small, 'whole'), middle(table, 'drawing'), { atMost: 8 / 1620 });
say('report-paper of 25 x 40, kB a file', middle(small, 'bytes') / 1000, 80, { atMost: 1 });
const large = several(3, 'report', 50, 500);
// One is enough: it takes half a minute, of which the start is nothing.
const pages = several(1, 'naive-report', 1, 500);
say('report-paper of 500 x 40, ms of CPU', middle(large, 'whole'), middle(pages, 'whole'), { atMost: 120 / 29_600 });
