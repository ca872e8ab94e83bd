package org.seenby.v2tim;

/** What a message is made of. */
public class V2TIMElem {
}
