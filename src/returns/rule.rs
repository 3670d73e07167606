//! What can be wrong with what stands in a place.

use crate::finding::declare_rules;

declare_rules! {
    ANSWER_NOT_A_NUMBER = "answer-not-a-number", Error, Allowed, "text stands where a score belongs";
    ANSWER_OFF_SCALE = "answer-off-scale", Error, Allowed, "the scale doesn't have that number";
    ANSWER_IS_A_DATE = "answer-is-a-date", Error, Allowed, "the spreadsheet turned an answer into a date";
    ANSWER_IS_AN_ERROR = "answer-is-an-error", Error, Allowed, "an error value stands where an answer belongs";
    ANSWER_IS_A_FORMULA = "answer-is-a-formula", Note, Allowed, "a formula stands in an input cell; its stored result is used";
    ANSWER_NOT_ASKED = "answer-not-asked", Warning, Allowed, "what doesn't apply by the cover is answered; it isn't counted";
    ANSWER_HIDDEN = "answer-hidden", Warning, Allowed, "an answer that counts isn't seen, or not as it counts: hidden, struck out, or shown otherwise";
    ROW_LEFT_OUT = "row-left-out", Warning, Allowed, "a filled row in or below a register wasn't taken for one of its rows";
    ANSWER_MERGED = "answer-merged", Warning, Allowed, "merged cells cover the answers of several criteria";
    ANSWERS_DISPLACED = "answers-displaced", Error, Allowed, "answers stand some rows below their criteria, or under another heading";
    FORMULA_NOT_CALCULATED = "formula-not-calculated", Error, Allowed, "a formula has no stored result where a value is needed";
    NUMBER_AS_TEXT = "number-as-text", Warning, Allowed, "a number is stored as text; it is read as the number";
    PERCENT_AMBIGUOUS = "percent-ambiguous", Warning, Allowed, "percentages are written both as 0.42 and as 42";
    PERCENT_AS_SHARE = "percent-as-share", Note, Allowed, "a percentage is another number in the workbook's own sums than on the scale";
    PLACEHOLDER_LEFT = "placeholder-left", Warning, Allowed, "a stopgap or example text stands where words of the sender belong";
    CHOICE_UNKNOWN = "choice-unknown", Error, Allowed, "the value isn't among the choices";
    NUMBER_OUT_OF_RANGE = "number-out-of-range", Error, Allowed, "a number is outside its range";
    DATE_UNREADABLE = "date-unreadable", Error, Allowed, "no date, one whose order of day and month can't be told, or one that can't be meant";
    DATE_AS_TEXT = "date-as-text", Warning, Allowed, "a date is typed as text, or its cell isn't formatted as a date; it is read without doubt";
    IDENTIFIER_MALFORMED = "identifier-malformed", Error, Allowed, "an identifier isn't of its register's form";
    IDENTIFIER_PADDED = "identifier-padded", Warning, Allowed, "leading zeros were lost; the identifier is read with them";
    IDENTIFIER_AMBIGUOUS = "identifier-ambiguous", Warning, Allowed, "the form fits several registers and none is stated";
    PERSONAL_DATA_PRESENT = "personal-data-present", Warning, Allowed, "personal data stands where the form doesn't ask for it";
}
