<?xml version="1.0" encoding="UTF-8"?>
<!-- The attributes of an element, and the values of attributes and of text, as XSD can say them. -->
<xsl:stylesheet version="3.0"
  xmlns:a="http://relaxng.org/ns/compatibility/annotations/1.0"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:p="https://tei-encoder.org/ns/particle"
  xmlns:rng="http://relaxng.org/ns/structure/1.0"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  exclude-result-prefixes="a map p rng"
  expand-text="yes"
  xpath-default-namespace="http://relaxng.org/ns/structure/1.0">

  <!-- attributes -->

  <xsl:function name="p:attributes" as="element()*">
    <xsl:param name="pattern" as="element(element)"/>
    <xsl:apply-templates select="p:body($pattern)" mode="p:attributes">
      <xsl:with-param name="required" select="true()" tunnel="yes"/>
    </xsl:apply-templates>
  </xsl:function>

  <xsl:template match="element" mode="p:attributes"/>

  <xsl:template match="ref" mode="p:attributes" as="element()*">
    <xsl:apply-templates select="p:defined(.)" mode="#current"/>
  </xsl:template>

  <xsl:template match="optional | zeroOrMore" mode="p:attributes" as="element()*">
    <xsl:apply-templates mode="#current">
      <xsl:with-param name="required" select="false()" tunnel="yes"/>
    </xsl:apply-templates>
  </xsl:template>

  <xsl:template match="choice[count(rng:*) gt 1]" mode="p:attributes" as="element()*">
    <xsl:apply-templates mode="#current">
      <xsl:with-param name="required" select="false()" tunnel="yes"/>
    </xsl:apply-templates>
  </xsl:template>

  <xsl:template match="attribute" mode="p:attributes" as="element()*">
    <xsl:param name="required" as="xs:boolean" tunnel="yes"/>
    <xsl:variable name="attribute" as="element()" select="."/>
    <xsl:variable name="names" as="xs:string*" select="p:names(.)"/>
    <xsl:for-each select="$names">
      <p:attribute ns="{p:uri(.)}" name="{p:local(.)}" required="{$required and count($names) = 1}">
        <xsl:sequence select="$attribute/a:documentation"/>
        <xsl:sequence select="p:own-values($attribute/rng:*)"/>
        <xsl:if test="$attribute/rng:*[not(self::name)] ! p:may-be-empty(.) = true()">
          <rng:value/>
        </xsl:if>
      </p:attribute>
    </xsl:for-each>
    <xsl:if test="empty($names) or .//anyName or .//nsName">
      <p:any-attribute/>
    </xsl:if>
  </xsl:template>

  <!-- A definition of nothing but attributes becomes a group of them. -->
  <xsl:function name="p:is-attributes" as="xs:boolean" cache="yes">
    <xsl:param name="define" as="element(define)"/>
    <xsl:variable name="around" as="element()*" select="$define//rng:*[not(ancestor-or-self::attribute)]"/>
    <xsl:sequence select="count(key('p:define', $define/@name, $grammar)) = 1
      and exists($define/(optional/attribute | attribute | ref))
      and empty($define//(anyName | nsName))
      and (every $part in $around satisfies ($part[self::optional or self::empty]
        or key('p:define', $part/self::ref/@name, $grammar)[p:is-attributes(.)]))"/>
  </xsl:function>

  <xsl:function name="p:grouped" as="element()*" cache="yes">
    <xsl:param name="group" as="xs:string"/>
    <xsl:apply-templates select="key('p:define', $group, $grammar)/*" mode="p:attributes">
      <xsl:with-param name="required" select="true()" tunnel="yes"/>
    </xsl:apply-templates>
  </xsl:function>

  <!-- Returns the groups of attributes of an element that have none that it has from elsewhere. -->
  <xsl:function name="p:groups" as="xs:string*">
    <xsl:param name="pattern" as="element(element)"/>
    <xsl:variable name="all" as="xs:string*" select="p:attributes($pattern)/self::p:attribute/p:clark(.)"/>
    <xsl:variable name="twice" as="xs:string*"
      select="for $name in distinct-values($all) return $name[count(index-of($all, $name)) gt 1]"/>
    <xsl:for-each select="$pattern/ref[key('p:define', @name, $grammar)[p:is-attributes(.)]]">
      <xsl:if test="not(p:grouped(@name)/p:clark(.) = $twice)">
        <xsl:sequence select="string(@name)"/>
      </xsl:if>
    </xsl:for-each>
  </xsl:function>

  <!-- Returns the attributes of an element, however many patterns there are for it. -->
  <xsl:function name="p:all-attributes" as="element()*">
    <xsl:param name="patterns" as="element(element)+"/>
    <xsl:variable name="found" as="element()*" select="$patterns ! p:attributes(.)"/>
    <xsl:variable name="groups" as="xs:string*" select="if (count($patterns) = 1) then p:groups($patterns) else ()"/>
    <xsl:variable name="grouped" as="xs:string*" select="$groups ! p:grouped(.) ! p:clark(.)"/>
    <xsl:sequence select="p:written($found/self::p:attribute[not(p:clark(.) = $grouped)], count($patterns) = 1)"/>
    <xsl:for-each select="$groups">
      <xs:attributeGroup ref="{p:qname('{' || $main || '}' || .)}"/>
    </xsl:for-each>
    <xsl:if test="$found/self::p:any-attribute">
      <xs:anyAttribute namespace="##any" processContents="skip"/>
    </xsl:if>
  </xsl:function>

  <xsl:function name="p:written" as="element()*">
    <xsl:param name="attributes" as="element(p:attribute)*"/>
    <xsl:param name="sure" as="xs:boolean"/>
    <xsl:for-each-group select="$attributes" group-by="p:clark(.)">
      <xsl:sort select="current-grouping-key()"/>
      <xsl:variable name="needed" as="xs:boolean" select="$sure and current-group()/@required = 'true'"/>
      <xsl:variable name="use" as="xs:string" select="if ($needed) then 'required' else 'optional'"/>
      <xsl:choose>
        <xsl:when test="@ns = ''">
          <xsl:sequence select="p:attribute(@name, current-group()/node(), $use)"/>
        </xsl:when>
        <xsl:otherwise>
          <xs:attribute ref="{p:qname(current-grouping-key())}" use="{$use}"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each-group>
  </xsl:function>

  <xsl:function name="p:clark" as="xs:string">
    <xsl:param name="attribute" as="element(p:attribute)"/>
    <xsl:sequence select="'{' || $attribute/@ns || '}' || $attribute/@name"/>
  </xsl:function>

  <xsl:function name="p:attribute" as="element(xs:attribute)">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="content" as="node()*"/>
    <xsl:param name="use" as="xs:string"/>
    <xsl:variable name="type" as="element(xs:simpleType)?" select="p:simple($content/self::rng:*)"/>
    <xs:attribute name="{$name}">
      <xsl:if test="$use">
        <xsl:attribute name="use" select="$use"/>
      </xsl:if>
      <xsl:if test="$type/@p:named">
        <xsl:attribute name="type" select="$type/@p:named"/>
      </xsl:if>
      <xsl:sequence select="p:annotation($content)"/>
      <xsl:sequence select="$type[not(@p:named)]"/>
    </xs:attribute>
  </xsl:function>

  <!-- values -->

  <!-- Whether text may stand in an element beside or instead of other content. -->
  <xsl:function name="p:has-text" as="xs:boolean">
    <xsl:param name="pattern" as="element(element)"/>
    <xsl:sequence select="exists(p:leaves(p:body($pattern))[self::text or self::mixed])"/>
  </xsl:function>

  <!-- The patterns of values in patterns, each once, those of attributes and children left out. -->
  <xsl:function name="p:own-values" as="element()*">
    <xsl:param name="patterns" as="element()*"/>
    <xsl:variable name="leaves" as="element()*" select="p:leaves($patterns)"/>
    <xsl:sequence select="$leaves[not(self::mixed)]"/>
  </xsl:function>

  <xsl:function name="p:leaves" as="element()*">
    <xsl:param name="patterns" as="element()*"/>
    <xsl:apply-templates select="$patterns" mode="p:values"/>
  </xsl:function>

  <xsl:template match="element | attribute | name | anyName | nsName" mode="p:values"/>

  <xsl:template match="text | data | value | list" mode="p:values" as="element()">
    <xsl:sequence select="."/>
  </xsl:template>

  <xsl:template match="mixed" mode="p:values" as="element()*">
    <xsl:sequence select="."/>
    <xsl:apply-templates mode="#current"/>
  </xsl:template>

  <xsl:template match="ref" mode="p:values" as="element()*">
    <xsl:sequence select="if (key('p:define', @name, $grammar)[p:is-type(.)]) then . else p:leaves(p:defined(.))"/>
  </xsl:template>

  <!-- Whether a pattern of values takes no value too. -->
  <xsl:function name="p:may-be-empty" as="xs:boolean">
    <xsl:param name="pattern" as="element()"/>
    <xsl:sequence select="
      if ($pattern[self::empty or self::optional or self::zeroOrMore]) then true()
      else if ($pattern/self::choice) then $pattern/rng:* ! p:may-be-empty(.) = true()
      else if ($pattern/self::ref) then p:defined($pattern)[self::rng:*] ! p:may-be-empty(.) = true()
      else $pattern[self::group or self::oneOrMore] and
        (every $part in $pattern/rng:* satisfies p:may-be-empty($part))"/>
  </xsl:function>

  <!-- A definition of nothing but values becomes a type with its name. -->
  <xsl:function name="p:is-type" as="xs:boolean" cache="yes">
    <xsl:param name="define" as="element(define)"/>
    <xsl:sequence select="count(key('p:define', $define/@name, $grammar)) = 1
      and exists($define/rng:*) and empty($define//(text | empty | notAllowed | list | except))
      and (every $part in $define//rng:* satisfies
        ($part[self::data or self::value or self::choice or self::param]
          or key('p:define', $part/self::ref/@name, $grammar)[p:is-type(.)]))"/>
  </xsl:function>

  <!-- Returns the type of values, none where they may be anything. -->
  <xsl:function name="p:simple" as="element(xs:simpleType)?">
    <xsl:param name="leaves" as="element()*"/>
    <xsl:variable name="types" as="element(xs:simpleType)*" select="p:types($leaves[not($leaves/self::text)])"/>
    <xsl:choose>
      <xsl:when test="empty($leaves) or $leaves/self::text"/>
      <xsl:when test="count($types) = 1">
        <xsl:sequence select="$types"/>
      </xsl:when>
      <xsl:otherwise>
        <xs:simpleType>
          <xs:union>
            <xsl:if test="$types/@p:named">
              <xsl:attribute name="memberTypes" select="distinct-values($types/@p:named)"/>
            </xsl:if>
            <xsl:sequence select="$types[not(@p:named)]"/>
          </xs:union>
        </xs:simpleType>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <xsl:function name="p:types" as="element(xs:simpleType)*">
    <xsl:param name="leaves" as="element()*"/>
    <xsl:for-each-group select="$leaves/self::value" group-by="(@type, 'token')[1]">
      <xs:simpleType>
        <xs:restriction base="xs:{current-grouping-key()}">
          <xsl:for-each select="distinct-values(current-group()/string())">
            <xs:enumeration value="{.}"/>
          </xsl:for-each>
        </xs:restriction>
      </xs:simpleType>
    </xsl:for-each-group>
    <xsl:for-each-group select="$leaves[not(self::value)]" group-by="serialize(.)">
      <xsl:sequence select="p:type(.)"/>
    </xsl:for-each-group>
  </xsl:function>

  <xsl:function name="p:type" as="element(xs:simpleType)">
    <xsl:param name="leaf" as="element()"/>
    <xsl:choose>
      <xsl:when test="$leaf/self::ref">
        <xs:simpleType p:named="{p:qname('{' || $main || '}' || $leaf/@name)}"/>
      </xsl:when>
      <xsl:when test="$leaf/self::data[not(param)]">
        <xs:simpleType p:named="xs:{$leaf/@type}"/>
      </xsl:when>
      <xsl:when test="$leaf/self::data">
        <xs:simpleType>
          <xs:restriction base="xs:{$leaf/@type}">
            <xsl:for-each select="$leaf/param">
              <xsl:element name="xs:{@name}">
                <xsl:attribute name="value" select="."/>
              </xsl:element>
            </xsl:for-each>
          </xs:restriction>
        </xs:simpleType>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="p:list($leaf)"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- A list of values; how many there may be at most is left open. -->
  <xsl:function name="p:list" as="element(xs:simpleType)">
    <xsl:param name="list" as="element(list)"/>
    <xsl:variable name="item" as="element(xs:simpleType)?" select="p:simple(p:leaves($list/rng:*))"/>
    <xsl:variable name="plain" as="element(xs:simpleType)">
      <xs:simpleType>
        <xs:list>
          <xsl:if test="$item/@p:named or empty($item)">
            <xsl:attribute name="itemType" select="($item/@p:named, 'xs:token')[1]"/>
          </xsl:if>
          <xsl:sequence select="$item[not(@p:named)]"/>
        </xs:list>
      </xs:simpleType>
    </xsl:variable>
    <xsl:variable name="least" as="xs:integer" select="sum($list/rng:* ! p:least(.))"/>
    <xsl:choose>
      <xsl:when test="$least = 0">
        <xsl:sequence select="$plain"/>
      </xsl:when>
      <xsl:otherwise>
        <xs:simpleType>
          <xs:restriction>
            <xsl:sequence select="$plain"/>
            <xs:minLength value="{$least}"/>
          </xs:restriction>
        </xs:simpleType>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- How many words a pattern in a list takes at least. -->
  <xsl:function name="p:least" as="xs:integer">
    <xsl:param name="pattern" as="element()"/>
    <xsl:sequence select="
      if ($pattern[self::optional or self::zeroOrMore or self::empty or self::text]) then 0
      else if ($pattern[self::data or self::value]) then 1
      else if ($pattern/self::ref) then sum(p:defined($pattern)[self::rng:*] ! p:least(.))
      else if ($pattern/self::choice) then min($pattern/rng:* ! p:least(.))
      else xs:integer(sum($pattern/rng:* ! p:least(.)))"/>
  </xsl:function>

</xsl:stylesheet>
