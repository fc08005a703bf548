export { TextDoesNotFit, MissingGlyph } from './typeset/errors.js';
export { code, date, fa, latin, line, number, type Field } from './typeset/field.js';
export { fit, widthOf, type Box, type Fitted, type Style } from './typeset/fit.js';
export { A4_LANDSCAPE, Paper, type PaperOptions } from './typeset/paper.js';
