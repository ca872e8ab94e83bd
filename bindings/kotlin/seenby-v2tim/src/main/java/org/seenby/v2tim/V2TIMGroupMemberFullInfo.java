package org.seenby.v2tim;

/** A member of a group. */
public class V2TIMGroupMemberFullInfo extends V2TIMGroupMemberInfo {
    /** A member. */
    public static final int V2TIM_GROUP_MEMBER_ROLE_MEMBER = 200;
    /** Kicks members too. */
    public static final int V2TIM_GROUP_MEMBER_ROLE_ADMIN = 300;
    /** Sets roles and dismisses too. */
    public static final int V2TIM_GROUP_MEMBER_ROLE_OWNER = 400;
    /** Every member, in a list. */
    public static final int V2TIM_GROUP_MEMBER_FILTER_ALL = 0;
    /** The owner alone. */
    public static final int V2TIM_GROUP_MEMBER_FILTER_OWNER = 1;
    /** Admins alone. */
    public static final int V2TIM_GROUP_MEMBER_FILTER_ADMIN = 2;
    /** Members who are neither. */
    public static final int V2TIM_GROUP_MEMBER_FILTER_COMMON = 4;

    int role;
    long joinTime;

    /** 200 member, 300 admin, 400 owner. */
    public int getRole() {
        return role;
    }

    /** When it joined (last), in seconds. */
    public long getJoinTime() {
        return joinTime;
    }
}
