/** What file a paper is. */
export enum PaperFormat {
  PDF = 'PDF',
  XLSX = 'XLSX',
  CSV = 'CSV',
}

/** How a file of each format is named and served. */
export const PAPER_FILES: Record<PaperFormat, { extension: string; mimeType: string }> = {
  PDF: { extension: 'pdf', mimeType: 'application/pdf' },
  XLSX: { extension: 'xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  CSV: { extension: 'csv', mimeType: 'text/csv; charset=utf-8' },
};
