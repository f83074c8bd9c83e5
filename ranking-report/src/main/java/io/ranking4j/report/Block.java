package io.ranking4j.report;

/**
 * A piece of a section. All texts in blocks are shown as they are: nothing in them is taken for
 * HTML or script, so names of features, segments and models may come from anywhere. Charts that
 * follow each other stand side by side where the screen is wide enough.
 */
public sealed interface Block permits Paragraph, Facts, Table, XyChart, CategoryChart {}
