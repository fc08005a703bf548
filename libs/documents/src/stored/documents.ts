import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In, Not } from 'typeorm';
import type { Actor, StandingSession } from '@app/access';
import {
  Clock,
  Database,
  type FileBytes,
  FileMissing,
  FileStore,
  Forbidden,
  inPieces,
  Keys,
  newId,
  NotFound,
  type Reads,
  Refused,
  SYSTEM,
  type Tx,
} from '@app/platform';
import { PaperRefused } from '../typeset/errors.js';
import { DocumentCancelled, DocumentDownloaded, DocumentOpened } from './documents.events.js';
import { mayTakeBack } from './documents.policy.js';
import { type CancelRefusal, refuseCancel, toBeDrawn } from './documents.rules.js';
import { DocumentState, StoredDocument } from './stored-document.entity.js';

/** How long a download link lives, in seconds. */
const LINK_SECONDS = 60;
/** How often a drawing looks whether it was cancelled: what nobody wants stops within a second. */
const WATCH_MS = 300;

type Guard = (tx: Reads, actor: Actor, subjectId: string) => Promise<void>;
/** A document as it was asked for: who asks again makes it another. */
type Asked = Pick<StoredDocument, 'id' | 'requestedAt' | 'state'>;
type Request = Pick<StoredDocument, 'kind' | 'subjectId' | 'fileName' | 'mimeType'> & { requestedBy: string };

/** A link that opens one document for one person, for a minute. */
export interface DownloadLink {
  url: string;
  expiresAt: Date;
}

/** A file that is kept, as its row names it. */
type StoredFile = { sha256: string; bytes: number };

/** Documents as rows with a state, and their files under the hash of their bytes. */
@Injectable()
export class Documents {
  private readonly guards = new Map<string, Guard>();
  private readonly cancellable = new Set<string>();

  constructor(
    private readonly db: Database,
    private readonly files: FileStore,
    private readonly keys: Keys,
    private readonly clock: Clock,
  ) {}

  /**
   * Says who may open documents of a kind: the guard throws NotFound for a subject that is not the actor's. What can be
   * asked for again at any time may be cancelled.
   */
  allow(kind: string, guard: Guard, { cancellable = false } = {}): void {
    if (this.guards.has(kind)) throw new Error(`Two guards for documents of kind ${kind}`);
    this.guards.set(kind, guard);
    if (cancellable) this.cancellable.add(kind);
  }

  /** Asks for a document, in the caller's unit: one row for a subject, waiting to be drawn (again). */
  async request(tx: Tx, { kind, subjectId, fileName, mimeType, requestedBy }: Request): Promise<StoredDocument> {
    const asked = { state: DocumentState.WAITING, fileName, mimeType, requestedBy, requestedAt: this.clock.now() };
    const known = await tx.repo(StoredDocument).findOneBy({ kind, subjectId });
    if (!known)
      return tx.insert(StoredDocument, {
        kind,
        subjectId,
        ...asked,
        sha256: null,
        bytes: null,
        reason: null,
        readyAt: null,
      });
    await tx.update(StoredDocument, { id: known.id }, { ...asked, reason: null });
    return { ...known, ...asked, reason: null };
  }

  /** The documents of a kind by their subjects. */
  async of(tx: Reads, kind: string, subjectIds: readonly string[]): Promise<Map<string, StoredDocument>> {
    const found = await tx.repo(StoredDocument).findBy({ kind, subjectId: In([...subjectIds]) });
    return new Map(found.map((document) => [document.subjectId, document]));
  }

  /** Asks for the documents of subjects that have none yet, in the caller's unit. */
  async requestMissing(tx: Tx, requests: Request[]): Promise<void> {
    const blank = { sha256: null, bytes: null, reason: null, readyAt: null };
    const asked = { state: DocumentState.WAITING, requestedAt: this.clock.now(), ...blank };
    await tx.insertMissing(
      StoredDocument,
      requests.map((request) => ({ id: newId(), ...request, ...asked })),
    );
  }

  /**
   * Draws the documents that wait for it, and says on each how that ended. Run twice or late, it does nothing more. When
   * one is cancelled meanwhile, its signal tells the work within a second, and what it comes to is not kept.
   *
   * @param asked as they were read before the work reads what they show
   * @param work  gives the file, or throws `PaperRefused` for good; any other error is the job's
   */
  async draw<D extends Asked>(
    asked: readonly D[],
    work: (document: D, signal: AbortSignal) => Promise<Uint8Array>,
  ): Promise<void> {
    for (const document of asked)
      if (toBeDrawn(document) && (await this.begin(document)))
        await this.drawOne(document, (signal) => work(document, signal));
  }

  private async drawOne(document: Asked, work: (signal: AbortSignal) => Promise<Uint8Array>): Promise<void> {
    const cancelled = new AbortController();
    const watch = setInterval(() => {
      this.isCancelled(document).then(
        (is) => is && cancelled.abort(),
        // The database cannot be asked now. It is asked again soon, and a file is kept only where it is wanted.
        () => undefined,
      );
    }, WATCH_MS);
    try {
      const file = await work(cancelled.signal);
      if (!(await this.isCancelled(document))) await this.finish(document, file);
    } catch (error) {
      if (cancelled.signal.aborted) return;
      if (!(error instanceof PaperRefused)) throw error;
      await this.fail(document.id, error.message);
    } finally {
      clearInterval(watch);
    }
  }

  /** Marks the document as being drawn, for the request that the row was read with. @returns whether it is wanted still */
  private async begin({ id, requestedAt }: Asked): Promise<boolean> {
    const state = In([DocumentState.WAITING, DocumentState.DRAWING]);
    const begun = await this.db.write(SYSTEM, (tx) =>
      tx.update(StoredDocument, { id, requestedAt, state }, { state: DocumentState.DRAWING }),
    );
    return begun > 0;
  }

  private isCancelled({ id, requestedAt }: Asked): Promise<boolean> {
    const state = DocumentState.CANCELLED;
    return this.db.read((tx) => tx.repo(StoredDocument).existsBy({ id, requestedAt, state }));
  }

  /**
   * Stores the file first and the row after it, so that no row ever points to nothing. Twice leaves the same. When the
   * document was asked for again meanwhile, the file is too old for that request, which waits for a drawing of its own.
   */
  private async finish({ id, requestedAt }: Asked, file: Uint8Array): Promise<void> {
    const stored = await this.store(file);
    await this.db.write(SYSTEM, (tx) =>
      tx.update(StoredDocument, { id, requestedAt, state: DocumentState.DRAWING }, this.drawn(stored)),
    );
  }

  /** Puts a file under its hash. */
  async store(file: FileBytes): Promise<StoredFile> {
    const hash = createHash('sha256');
    let bytes = 0;
    for (const piece of inPieces(file)) {
      hash.update(piece);
      bytes += piece.length;
    }
    const sha256 = hash.digest('hex');
    await this.files.put(fileKey(sha256), file);
    return { sha256, bytes };
  }

  /** Marks a document ready whose file is stored already, in the caller's unit. */
  async ready(tx: Tx, documentId: string, stored: StoredFile): Promise<void> {
    await tx.update(StoredDocument, { id: documentId }, this.drawn(stored));
  }

  /** Says why a document could not be drawn. One that is ready stays so: another has drawn it meanwhile. */
  async fail(documentId: string, reason: string): Promise<void> {
    const settled = [DocumentState.READY, DocumentState.ERASED, DocumentState.CANCELLED];
    await this.db.write(SYSTEM, (tx) =>
      tx.update(
        StoredDocument,
        { id: documentId, state: Not(In(settled)) },
        { state: DocumentState.FAILED, reason: reason.slice(0, 500) },
      ),
    );
  }

  /**
   * Takes back the wish for a document. Its drawing stops within a second; asked for again, it is drawn.
   *
   * @throws NotFound no such document, or none the actor may open
   * @throws Refused  a rule says no (a `CancelRefusal`); it goes on
   */
  cancel(actor: Actor, documentId: string): Promise<StoredDocument> {
    return this.db.write(actor, async (tx) => {
      // First the right: nobody holds up what is another's.
      await this.authorised(tx, actor, documentId);
      // Locked, so that it is not finished between the rule and the change.
      const document = await tx.lock(StoredDocument, { id: documentId });
      const refusal = this.refusal(actor, document);
      if (refusal) throw new Refused(refusal);
      const state = DocumentState.CANCELLED;
      await tx.update(StoredDocument, { id: documentId }, { state });
      tx.emit(DocumentCancelled, { documentId });
      return { ...document, state };
    });
  }

  /** Whether the actor, who may open the document, may cancel it now. */
  canCancel(actor: Actor, document: StoredDocument): boolean {
    return this.refusal(actor, document) === null;
  }

  private refusal(actor: Actor, document: StoredDocument): CancelRefusal | null {
    return refuseCancel(document, {
      cancellable: this.cancellable.has(document.kind),
      theirs: mayTakeBack(actor, document),
    });
  }

  /** @throws NotFound no such document, or none the actor may open */
  async get(actor: Actor, documentId: string): Promise<StoredDocument> {
    return this.db.read((tx) => this.authorised(tx, actor, documentId));
  }

  /**
   * Gives a link that opens the document in the actor's session, for 60 seconds; the opening is on record.
   *
   * @throws NotFound no such document, none the actor may open, or it is not ready
   */
  open(actor: Actor, sessionId: string, documentId: string): Promise<DownloadLink> {
    return this.db.write(
      actor,
      async (tx) => {
        const document = await this.authorised(tx, actor, documentId);
        if (document.state !== DocumentState.READY) throw new NotFound();
        tx.emit(DocumentOpened, { documentId });
        const expiresAt = new Date(this.clock.now().getTime() + LINK_SECONDS * 1000);
        const until = String(expiresAt.getTime());
        const signature = this.keys.sign(linkText(documentId, sessionId, until));
        return { url: `/documents/${documentId}?until=${until}&signature=${signature}`, expiresAt };
      },
      { secret: true },
    );
  }

  /** @throws NotFound the link is of another session, was changed, or has expired */
  async download(session: StandingSession, documentId: string, until: string, signature: string) {
    const good = this.keys.signed(linkText(documentId, session.id, until), signature);
    if (!good || !(Number(until) >= this.clock.now().getTime())) throw new NotFound();
    const document = await this.db.read((tx) => tx.get(StoredDocument, { id: documentId }));
    if (document.state !== DocumentState.READY || !document.sha256) throw new NotFound();
    await this.db.write(session, async (tx) => tx.emit(DocumentDownloaded, { documentId }));
    return { document, ...(await this.files.open(fileKey(document.sha256))) };
  }

  /** A file that a row names by its hash; null when it is gone, which the paper that needs it refuses by name. */
  async fileOf(sha256: string): Promise<Uint8Array | null> {
    return this.files.get(fileKey(sha256)).catch((error: unknown) => {
      if (error instanceof FileMissing) return null;
      throw error;
    });
  }

  private drawn(stored: StoredFile) {
    return { state: DocumentState.READY, ...stored, reason: null, readyAt: this.clock.now() };
  }

  private async authorised(tx: Reads, actor: Actor, documentId: string): Promise<StoredDocument> {
    const document = await tx.get(StoredDocument, { id: documentId });
    const guard = this.guards.get(document.kind);
    if (!guard) throw new NotFound();
    await guard(tx, actor, document.subjectId).catch((error: unknown) => {
      // A role that sees nothing of the kind must not learn that this one is there.
      throw error instanceof Forbidden ? new NotFound() : error;
    });
    return document;
  }
}

/** Where the file of a hash is kept. */
export const fileKey = (sha256: string): string => `documents/${sha256.slice(0, 2)}/${sha256}`;

const linkText = (documentId: string, sessionId: string, until: string) =>
  `download ${documentId} ${sessionId} ${until}`;
