//! The measures that figures are of, and the words by which their ids end.

/// Declares the measures, each with its word.
macro_rules! measures {
    ($($(#[doc = $doc:literal])* $measure:ident => $word:literal,)*) => {
        /// Which measure of a thing a figure is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Measure {
            $($(#[doc = $doc])* $measure,)*
        }

        impl Measure {
            /// Returns the word by which an id ends.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$measure => $word,)*
                }
            }

            /// Returns the measure of a word; `None` where it is none.
            pub fn of(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$measure),)*
                    _ => None,
                }
            }
        }
    };
}

measures! {
    /// The mean.
    Mean => "mean",
    /// The lowest value.
    Lowest => "lowest",
    /// The lower quartile.
    LowerQuartile => "lower_quartile",
    /// The median.
    Median => "median",
    /// The upper quartile.
    UpperQuartile => "upper_quartile",
    /// The highest value.
    Highest => "highest",
    /// The median distance from the median.
    Deviation => "deviation",
    /// A share.
    Share => "share",
    /// How many.
    Count => "count",
    /// How many at most.
    AtMost => "at-most",
    /// The lower end of an interval.
    Low => "low",
    /// The upper end of an interval.
    High => "high",
    /// How a criterion goes with the rest.
    Discrimination => "discrimination",
    /// The lower end of its interval.
    DiscriminationLow => "discrimination-low",
    /// The upper end of its interval.
    DiscriminationHigh => "discrimination-high",
    /// How likely chance alone gives so little of it, allowing for how many are looked at.
    OutOfStep => "out-of-step",
    /// The mean correlation of criteria with one another.
    BetweenCriteria => "between-criteria",
    /// The lower end of its interval.
    BetweenCriteriaLow => "between-criteria-low",
    /// The upper end of its interval.
    BetweenCriteriaHigh => "between-criteria-high",
    /// Alpha of all other criteria.
    AlphaWithout => "alpha-without",
    /// Cronbach’s alpha.
    Alpha => "alpha",
    /// All people taken as one group.
    Pooled => "pooled",
    /// The mean of the returns’ values.
    MeanOfReturns => "mean-of-returns",
    /// How many people.
    People => "people",
    /// How many returns.
    Returns => "returns",
    /// The share of the network.
    Network => "network",
    /// The standard deviation between returns beyond chance.
    Between => "between",
    /// The lower end of the 95 % range.
    Low95 => "low-95",
    /// The upper end of the 95 % range.
    High95 => "high-95",
    /// The lower end of the 99.8 % range.
    Low998 => "low-998",
    /// The upper end of the 99.8 % range.
    High998 => "high-998",
    /// The share of pairs that are the same.
    Exact => "exact",
    /// The share of pairs that are at most one step apart.
    Adjacent => "adjacent",
    /// The mean difference.
    Bias => "bias",
    /// The lower limit of agreement.
    LimitLow => "limit-low",
    /// The upper limit of agreement.
    LimitHigh => "limit-high",
    /// Quadratic weighted kappa.
    Kappa => "kappa",
    /// The lower end of its interval.
    KappaLow => "kappa-low",
    /// The upper end of its interval.
    KappaHigh => "kappa-high",
    /// Krippendorff’s alpha.
    Krippendorff => "krippendorff",
    /// Gwet’s AC2.
    Gwet => "gwet",
    /// How likely chance alone gives such differences.
    Chance => "chance",
    /// The same, allowing for how many are looked at.
    ChanceAdjusted => "chance-adjusted",
    /// The intraclass correlation.
    Correlation => "correlation",
    /// An estimate drawn towards the average.
    Shrunken => "shrunken",
    /// The lower end of its interval.
    ShrunkenLow => "shrunken-low",
    /// The upper end of its interval.
    ShrunkenHigh => "shrunken-high",
    /// How many it was.
    Before => "before",
    /// How many it is.
    Now => "now",
    /// How many bands went up.
    Better => "better",
    /// How many bands stayed.
    Same => "same",
    /// How many bands went down.
    Worse => "worse",
    /// How many came out of the lowest band.
    Gained => "gained",
    /// How many fell into it.
    Lost => "lost",
    /// How much a median changes in a season.
    Slope => "slope",
    /// Whether medians go one way.
    Tau => "tau",
}

impl Measure {
    /// Whether it is the value of one contributor or lies between two, so that it takes more of them than a mean to hide one.
    pub const fn is_quantile(self) -> bool {
        matches!(
            self,
            Self::Lowest
                | Self::LowerQuartile
                | Self::Median
                | Self::UpperQuartile
                | Self::Highest
                | Self::Deviation
                | Self::Slope
                | Self::Tau
        )
    }
}
